import type { Failure, Result } from '../../../../contract/failure.ts';
import type { DocumentDecision, MergeDocument, MergeTexts } from '../../../../contract/merge.ts';
import { attempt } from '../../../app/client.ts';
import { keepNow } from '../../../app/edits.ts';
import { api } from '../../../app/engine.ts';
import { FILE_NAMES, namesOf, type Names } from '../names.ts';
import type { Loaded, Work } from './work.ts';

/** A merge as it was read: of two branches, or of edits and the disk. */
export type OpenWork = Omit<Loaded, 'session' | 'at'> & {
  readonly documents: readonly MergeDocument[];
  /** choices that were kept; null: none */
  readonly progress: string | null;
};

/** Reads what is merged as it stands now. */
export function openWork({ source, about }: Work): Promise<Result<OpenWork>> {
  return about.kind === 'branches'
    ? openBranches(source, about.into, about.from)
    : openEdits(source, about.set);
}

async function openBranches(source: string, into: string, from: string): Promise<Result<OpenWork>> {
  const answer = await attempt(api.merge.open({ source, into, from }));
  if (!answer.ok) return answer;
  const { preview, documents, progress } = answer.value;
  const names = namesOf(preview);
  const { merge, notes } = preview;
  return {
    ok: true,
    value: { merge, names, notes, tips: preview, preview, edits: [], documents, progress },
  };
}

const GONE: Failure = {
  kind: 'not-found',
  message: 'These edits are gone: their change set was dropped or saved.',
  hint: 'Close this tab.',
};

/** The edits of a set whose files changed on disk since they were begun. */
async function openEdits(source: string, id: string): Promise<Result<OpenWork>> {
  await keepNow(source);
  const sets = await attempt(api.edits.sets({ source }));
  if (!sets.ok) return sets;
  const set = sets.value.find((one) => one.id === id);
  if (set === undefined) return { ok: false, error: GONE };
  const edits = set.edits.filter(({ path }) => set.moved.includes(path));
  const shared = { names: FILE_NAMES, preview: null, edits, progress: null };
  if (edits.length === 0) {
    const tips = { into: { name: 'Your edit', tip: '' }, from: { name: 'On disk', tip: '' } };
    return { ok: true, value: { ...shared, merge: '', tips, notes: [], documents: [] } };
  }
  const answer = await attempt(api.edits.mergeOpen({ source, edits }));
  if (!answer.ok) return answer;
  const { merge, documents, notes } = answer.value;
  const tips = { into: { name: 'Your edit', tip: '' }, from: { name: 'On disk', tip: merge } };
  return { ok: true, value: { ...shared, merge, tips, notes, documents } };
}

type Question = {
  readonly source: string;
  readonly merge: string;
  readonly decision: DocumentDecision;
  readonly limitBytes: number;
};

/** The four texts of a document by what was decided about it. */
export function textsOf(
  { files }: Names,
  question: Question,
  signal?: AbortSignal,
): Promise<Result<MergeTexts>> {
  const how = signal === undefined ? {} : { signal };
  return attempt(files === true ? api.edits.mergeTexts(question, how) : api.merge.texts(question, how));
}
