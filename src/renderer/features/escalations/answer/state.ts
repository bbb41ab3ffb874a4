import { create } from 'zustand';
import type { ResolutionVerb } from '../../../../contract/edits.ts';
import { loadPart, savePart } from '../../../state/persist.ts';
import { FIRST_AMEND, type AmendForm } from './compose.ts';

/** An answer that is being written. */
export type AnswerDraft = {
  readonly verb: ResolutionVerb | null;
  readonly note: string;
  readonly amend: AmendForm;
  /** the proposal that it answers, by its hash */
  readonly proposal: string | null;
};

const FIRST: AnswerDraft = { verb: null, note: '', amend: FIRST_AMEND, proposal: null };
const NAME = 'answer-name';

type Slice = { readonly drafts: Readonly<Record<string, AnswerDraft>>; readonly name: string | null };
const store = create<Slice>(() => ({ drafts: {}, name: null }));

const keyOf = (source: string, path: string): string => `${source}\n${path}`;

/** What a person has begun to answer to an escalation; it stays while others are looked at. */
export const useAnswerDraft = (source: string, path: string): AnswerDraft =>
  store(({ drafts }) => drafts[keyOf(source, path)] ?? FIRST);

/** Changes a draft; the first change binds it to the proposal in sight. */
export function setAnswer(
  source: string,
  path: string,
  seen: string | null,
  change: Partial<AnswerDraft>,
): void {
  const key = keyOf(source, path);
  store.setState(({ drafts }) => {
    const before = drafts[key] ?? { ...FIRST, proposal: seen };
    return { drafts: { ...drafts, [key]: { ...before, ...change } } };
  });
}

export function dropAnswer(source: string, path: string): void {
  store.setState(({ drafts }) => {
    const { [keyOf(source, path)]: _, ...others } = drafts;
    return { drafts: others };
  });
}

/** The name that answers are given under, as it was typed last. */
export const useAnswerName = (): string => store(({ name }) => name) ?? loadPart(NAME) ?? '';

export function setAnswerName(name: string): void {
  store.setState({ name });
  savePart(NAME, name);
}
