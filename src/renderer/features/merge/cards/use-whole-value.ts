import { useCallback, useState } from 'react';
import type { MergeText, MergeUnit, UnitValue } from '../../../../contract/merge.ts';
import { toastFailure } from '../../../state/toasts.ts';
import { textsOf } from '../state/kinds.ts';
import { useScene } from '../state/scene.ts';

/** The most of a document that is read to show one value whole, in bytes. */
const LIMIT = 16 * 1024 * 1024;

/** Units of which the whole values were asked for; they are kept while the window is open. */
const whole = new WeakMap<MergeUnit, MergeUnit>();

/** A unit with its whole values once they were asked for, and the way to ask; null where nothing is missing. */
export function useWholeValue(
  unit: MergeUnit,
  document: string,
): { readonly unit: MergeUnit; readonly ask: (() => void) | null } {
  const { source, loaded, names } = useScene();
  const { merge } = loaded;
  const [, setRound] = useState(0);
  const ask = useCallback(() => {
    const read = async () => {
      const decision = { document, whole: null, reopened: false, choices: [] };
      const answer = await textsOf(names, { source, merge, decision, limitBytes: LIMIT });
      if (!answer.ok) {
        toastFailure(answer.error);
        return;
      }
      const { base, ours, theirs } = answer.value;
      const part = (text: MergeText | null, value: UnitValue | null) => wholeOf(text, value, unit);
      whole.set(unit, {
        ...unit,
        base: part(base, unit.base),
        ours: part(ours, unit.ours),
        theirs: part(theirs, unit.theirs),
      });
      setRound((before) => before + 1);
    };
    void read();
  }, [source, merge, document, unit, names]);
  const found = whole.get(unit);
  const cut = [unit.base, unit.ours, unit.theirs].some((value) => value?.cut === true);
  return { unit: found ?? unit, ask: cut && found === undefined ? ask : null };
}

/** The lines of a unit in the text of a side: its value with the key before it. */
function wholeOf(text: MergeText | null, value: UnitValue | null, unit: MergeUnit): UnitValue | null {
  if (value === null || !value.cut || text === null) return value;
  const place = text.places.find(({ unit: id }) => id === unit.id);
  if (place === undefined) return value;
  const lines = text.text.split('\n').slice(place.from, place.to);
  const indent = Math.min(...lines.map((line) => line.length - line.trimStart().length));
  const joined = lines
    .map((line) => line.slice(indent))
    .join('\n')
    .replace(/,$/, '');
  return { text: joined, bytes: value.bytes, cut: text.cut && place.to >= text.text.split('\n').length };
}
