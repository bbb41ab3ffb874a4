import { canKeepBoth, readEdit } from './choices.ts';
import type { LineOrigin } from './resolve-tree.ts';
import type { Choice, Side, Unit, Value } from './unit.ts';

/** What a choice puts in place of a unit: nothing, one value, or both sides' one after the other. */
export type Settled =
  | { readonly ok: true; readonly pieces: readonly { readonly value: Value; readonly origin: LineOrigin }[] }
  | { readonly ok: false; readonly message: string };

/** What stands in place of a unit under a choice. Fails for an edit that can't be read, and for both where one can't. */
export function settle(unit: Unit, choice: Choice): Settled {
  switch (choice.take) {
    case 'base':
    case 'ours':
    case 'theirs':
      return { ok: true, pieces: [{ value: unit[choice.take], origin: originOf(unit, choice.take) }] };
    case 'both': {
      if (!canKeepBoth(unit)) return { ok: false, message: 'Both can be kept of lists and of texts only' };
      const order: readonly Side[] = choice.first === 'ours' ? ['ours', 'theirs'] : ['theirs', 'ours'];
      return { ok: true, pieces: order.map((side) => ({ value: unit[side], origin: side })) };
    }
    case 'edit': {
      if (choice.text === null) return { ok: true, pieces: [{ value: undefined, origin: 'edit' }] };
      const read = readEdit(unit.what, choice.text);
      if (!read.ok) return { ok: false, message: `Line ${read.line}: ${read.message}` };
      return { ok: true, pieces: [{ value: read.value, origin: 'edit' }] };
    }
  }
}

function originOf(unit: Unit, take: 'base' | Side): LineOrigin {
  return take !== 'base' && unit.taken === 'both' ? 'both' : take;
}

/** The line break to put between two texts: that of the first that has one. */
export function lineBreakOf(...texts: readonly string[]): string {
  const text = texts.find((each) => each.includes('\n'));
  return text !== undefined && /\r\n/.test(text) ? '\r\n' : '\n';
}
