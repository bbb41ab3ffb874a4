import type { MergePreview, ToolRule } from '../../../../contract/merge.ts';
import { formatCount, formatCounted, shortHash } from '../../../ui/format.ts';

/** What a preview comes down to: which of the states of the dialog it is. */
export type Verdict = 'already' | 'confirm' | 'go-on' | 'conflicts' | 'clean';

export function verdictOf(preview: MergePreview): Verdict {
  if (preview.already) return 'already';
  if (openRules(preview).length > 0) return 'confirm';
  if (preview.progress !== null) return 'go-on';
  return preview.conflicts > 0 ? 'conflicts' : 'clean';
}

/** The rules that are assumptions and wait for a person. */
export const openRules = (preview: MergePreview): readonly ToolRule[] =>
  preview.rules.filter((rule) => !rule.confirmed);

const NOTHING_YET = 'Nothing is written until you commit.';

/** The verdict in a sentence or two. `into` and `from` are the names as shown. */
export function verdictWords(preview: MergePreview, into: string, from: string): string {
  const verdict = verdictOf(preview);
  switch (verdict) {
    case 'already':
      return `${into} has every call of ${from} already, so there is nothing to merge.`;
    case 'confirm': {
      const open = openRules(preview).length;
      const tools = formatCounted(open, 'tool');
      return `What counts as one document of ${tools} is assumed and needs you to confirm it. ${NOTHING_YET}`;
    }
    case 'go-on': {
      const { settled, open } = preview.progress ?? { settled: 0, open: 0 };
      if (open === 0) return `Begun earlier; no conflict is open any more. ${NOTHING_YET}`;
      const done = `Begun earlier: ${formatCount(settled)} of ${formatCounted(settled + open, 'conflict')} settled`;
      return `${done}, ${formatCount(open)} open. ${NOTHING_YET}`;
    }
    case 'conflicts':
      return `${formatCounted(preview.conflicts, 'conflict')} need${preview.conflicts === 1 ? 's' : ''} you. ${NOTHING_YET}`;
    case 'clean':
      return preview.documents.merged > 0
        ? `No conflicts; ${formatCounted(preview.documents.merged, 'document')} changed on both sides ${
            preview.documents.merged === 1 ? 'is' : 'are'
          } put together. ${NOTHING_YET}`
        : `No conflicts. ${NOTHING_YET}`;
    default:
      return verdict satisfies never;
  }
}

/** The word on the button that goes on. */
export function actionWords(preview: MergePreview): string {
  const verdict = verdictOf(preview);
  switch (verdict) {
    case 'go-on': {
      const open = preview.progress?.open ?? 0;
      return open === 0 ? 'Go on' : `Go on: ${formatCount(open)} open`;
    }
    case 'conflicts':
      return `Resolve ${formatCounted(preview.conflicts, 'conflict')}`;
    case 'confirm':
      return preview.conflicts > 0
        ? `Resolve ${formatCounted(preview.conflicts, 'conflict')}`
        : 'Commit merge';
    case 'already':
    case 'clean':
      return 'Commit merge';
    default:
      return verdict satisfies never;
  }
}

/** Why the button can't be pressed, in words beside it; null where it can. */
export function blockedWords(preview: MergePreview): string | null {
  if (preview.already) return null;
  const open = openRules(preview).length;
  if (open > 0) return `Confirm ${open === 1 ? 'the assumption' : `${formatCount(open)} assumptions`} first.`;
  // choices can be made and kept where nothing can be written now
  return verdictOf(preview) === 'clean' ? preview.blocked : null;
}

/** What is drawn of the two branches, in a sentence for those who don't see it. */
export function splitWords(preview: MergePreview, into: string, from: string): string {
  const ends = `${formatCounted(preview.into.calls, 'call')} only on ${into}, ${formatCounted(preview.from.calls, 'call')} only on ${from}.`;
  return `${baseWords(preview)} ${ends}`;
}

/** `Common call 3fa2c1d0`; of a criss-cross all of them. */
export function baseWords({ bases, unrelated }: Pick<MergePreview, 'bases' | 'unrelated'>): string {
  if (unrelated || bases.length === 0) return 'No common call.';
  const hashes = bases.map(({ hash }) => shortHash(hash));
  return hashes.length === 1
    ? `Common call ${hashes[0]}.`
    : `${hashes.length} common calls: ${hashes.join(', ')}.`;
}

/** A branch that moved while its preview was open. */
export type Move = { readonly name: string; readonly before: string; readonly after: string };

/** Which of the two branches stand elsewhere than before. */
export function movesOf(before: MergePreview, after: MergePreview): readonly Move[] {
  return [[before.into, after.into] as const, [before.from, after.from] as const].flatMap(([was, is]) =>
    was.name === is.name && was.tip !== is.tip ? [{ name: is.name, before: was.tip, after: is.tip }] : [],
  );
}
