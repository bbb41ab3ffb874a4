import type { AgentFileKind } from '../../../contract/agent-files.ts';
import type { ChangeSet, EditPlan, PlannedFile, WrittenFor } from '../../../contract/edits.ts';
import type { Draft } from '../../../contract/drafts.ts';
import type { FileFinding } from '../../../contract/agent-files.ts';
import { diffText, linesOf } from '../../../core/json/text-diff.ts';

/** A file of a change set. `before` and `after` undefined: its texts are not known here. */
export type SetFile = {
  readonly path: string;
  readonly kind: AgentFileKind | null;
  readonly does: 'new' | 'changed' | 'removed' | 'same';
  readonly lines: { readonly added: number; readonly removed: number } | null;
  readonly before: string | null | undefined;
  readonly after: string | null;
  readonly writtenFor: WrittenFor;
  readonly why: string;
  readonly findings: readonly FileFinding[];
  /** it changed on disk since the edit was begun */
  readonly moved: boolean;
};

/** How many lines a change takes away and puts in. */
export function lineCounts(
  before: string,
  after: string,
): { readonly added: number; readonly removed: number } {
  let [added, removed] = [0, 0];
  for (const { from, to, newFrom, newTo } of diffText(before, after)) {
    removed += linesOf(before.slice(from, to)).length;
    added += linesOf(after.slice(newFrom, newTo)).length;
  }
  return { added, removed };
}

/** The files that a plan writes, those that a person asked for first; former versions are not listed. */
export const plannedFiles = (plan: EditPlan): readonly SetFile[] =>
  plan.files
    .filter(({ writtenFor }) => writtenFor === 'person' || writtenFor === 'index')
    .toSorted((a, b) => Number(a.writtenFor === 'index') - Number(b.writtenFor === 'index'))
    .map(plannedFile);

function plannedFile({ path, kind, before, after, writtenFor, why, findings }: PlannedFile): SetFile {
  const [old, now] = [before?.text ?? null, after?.text ?? null];
  return {
    path,
    kind,
    does: doesOf(old, now),
    lines: lineCounts(old ?? '', now ?? ''),
    before: old,
    after: now,
    writtenFor,
    why,
    findings,
    moved: false,
  };
}

/** The files of a set that can't be planned as it is. */
export function draftFiles(set: ChangeSet, draft: Draft | null): readonly SetFile[] {
  return set.edits.map(({ path, base, text }): SetFile => {
    const known = draft?.files.find((file) => file.path === path);
    return {
      path,
      kind: known?.kind ?? null,
      does: base === null ? 'new' : text === null ? 'removed' : 'changed',
      lines: null,
      before: base === null ? null : undefined,
      after: text,
      writtenFor: 'person',
      why: '',
      findings: known?.findings ?? [],
      moved: known?.moved ?? set.moved.includes(path),
    };
  });
}

function doesOf(before: string | null, after: string | null): SetFile['does'] {
  if (before === after) return 'same';
  if (before === null) return 'new';
  return after === null ? 'removed' : 'changed';
}

/** Whose file a path is; null: several agents read it, or none does. */
export function ownerOf(path: string, agents: readonly string[], single: string | null): string | null {
  const known = agents.find((name) => path.startsWith(`${name}/`));
  if (known !== undefined) return known;
  // of a folder that is one agent, only what stands above it is not its own
  return single !== null && !path.startsWith('../') ? single : null;
}

/** The files of each agent, in the order of their names; then those that are no single agent's. */
export function byOwner(
  files: readonly SetFile[],
  agents: readonly string[],
  single: string | null,
): readonly { readonly file: SetFile; readonly owner: string | null }[] {
  return files
    .map((file) => ({ file, owner: ownerOf(file.path, agents, single) }))
    .toSorted((a, b) => {
      if (a.owner === b.owner) return 0;
      if (a.owner === null) return 1;
      return b.owner === null ? -1 : a.owner.localeCompare(b.owner);
    });
}

/** All lines that come and go, in files of which that is known. */
export const sumLines = (files: readonly SetFile[]): { readonly added: number; readonly removed: number } =>
  files.reduce(
    (sum, { lines }) => ({
      added: sum.added + (lines?.added ?? 0),
      removed: sum.removed + (lines?.removed ?? 0),
    }),
    { added: 0, removed: 0 },
  );
