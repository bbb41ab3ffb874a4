import type { MergeUnit, UnitValue } from '../../contract/merge.ts';
import { canonicalText } from '../json/canonical.ts';
import { stringifyJson } from '../json/pretty.ts';
import { canKeepBoth } from '../merge/choices.ts';
import { fingerprintOf } from '../merge/fingerprint.ts';
import type { Unit, Value } from '../merge/unit.ts';
import { limits } from '../storage/limits.ts';

/** How much of the values of one merge is sent: each up to a limit, and less of each once there are very many. */
export type ValueBudget = { left: number };

export const valueBudget = (): ValueBudget => ({ left: limits.mergeValuesChars });

/** A value of a unit for the window; null where there is nothing. A text without canonical form is as in the source. */
function unitValue(unit: Unit, value: Value, budget: ValueBudget): UnitValue | null {
  if (value === undefined) return null;
  const text = unit.what === 'lines' && value.kind === 'string' ? value.value : jsonText(value);
  const room = Math.max(limits.mergeValueLeastChars, Math.min(limits.mergeValueChars, budget.left));
  const shown = cutText(text, room);
  budget.left -= shown.length;
  return { text: shown, bytes: Buffer.byteLength(text), cut: shown.length < text.length };
}

function jsonText(value: Exclude<Value, undefined>): string {
  const canonical = canonicalText(value);
  return canonical.ok ? canonical.text : stringifyJson(value);
}

/** The beginning of a text, never with half a surrogate pair at its end. */
export function cutText(text: string, most: number): string {
  if (text.length <= most) return text;
  const half = /[\ud800-\udbff]/.test(text.charAt(most - 1)) ? 1 : 0;
  return text.slice(0, most - half);
}

/** As much of the beginning of a text as has so many bytes in UTF-8. */
export function cutBytes(text: string, most: number): string {
  if (text.length * 3 <= most || Buffer.byteLength(text) <= most) return text;
  const bytes = Buffer.from(text.slice(0, most), 'utf8');
  let end = Math.min(most, bytes.byteLength);
  while (end > 0 && end < bytes.byteLength && (bytes[end]! & 0xc0) === 0x80) end -= 1;
  return bytes.subarray(0, end).toString('utf8');
}

/** A unit as the window gets it. */
export function mergeUnit(unit: Unit, budget: ValueBudget): MergeUnit {
  return {
    id: unit.id,
    path: unit.path,
    what: unit.what,
    kind: unit.kind,
    taken: unit.taken,
    base: unitValue(unit, unit.base, budget),
    ours: unitValue(unit, unit.ours, budget),
    theirs: unitValue(unit, unit.theirs, budget),
    at: unit.at,
    fingerprint: fingerprintOf(unit),
    both: canKeepBoth(unit),
    baseDisputed: unit.baseDisputed,
  };
}
