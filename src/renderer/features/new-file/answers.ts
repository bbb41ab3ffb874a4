import { create } from 'zustand';
import type { NewFileForm } from '../../state/new-file-form.ts';

/** What was chosen and answered, so that a dialog that was closed goes on where it was. */
export type Answered = {
  readonly template: string | null;
  readonly values: Readonly<Record<string, Readonly<Record<string, string>>>>;
};

const NOTHING: Answered = { template: null, values: {} };
type Slice = { readonly byPlace: Readonly<Record<string, Answered>> };
const store = create<Slice>(() => ({ byPlace: {} }));

type Place = Pick<NewFileForm, 'source' | 'agent'>;
const keyOf = ({ source, agent }: Place): string => JSON.stringify([source, agent]);

export const useAnswered = (place: Place): Answered =>
  store(({ byPlace }) => byPlace[keyOf(place)] ?? NOTHING);

function change(place: Place, make: (before: Answered) => Answered): void {
  const key = keyOf(place);
  store.setState(({ byPlace }) => ({ byPlace: { ...byPlace, [key]: make(byPlace[key] ?? NOTHING) } }));
}

export const chooseTemplate = (place: Place, template: string | null): void =>
  change(place, (before) => ({ ...before, template }));

export const answer = (place: Place, template: string, key: string, value: string): void =>
  change(place, (before) => ({
    ...before,
    values: { ...before.values, [template]: { ...before.values[template], [key]: value } },
  }));

/** Forgets the answers to a template: they are written, or in the editor. */
export const forgetAnswers = (place: Place, template: string): void =>
  change(place, ({ values: { [template]: _gone, ...values } }) => ({ template: null, values }));
