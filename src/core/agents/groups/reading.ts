import type { Reading, ReadingGroup } from '../../../contract/agent-files.ts';

/** One reading. A line that is not known says that the value is a default. */
export function reading(
  label: string,
  value: string,
  line: number | null = null,
  rest: { readonly note?: string; readonly tone?: Reading['tone'] } = {},
): Reading {
  return { label, value, note: rest.note ?? null, line, tone: rest.tone ?? 'plain' };
}

/** A value of a settings file that has a default. */
export function setting(label: string, value: string, line: number | undefined, bad = false): Reading {
  if (line === undefined) return reading(label, value, null, { note: 'default', tone: 'default' });
  return reading(label, value, line, bad ? { tone: 'bad' } : {});
}

/** A group, or none where it is empty. */
export function group(title: string, readings: readonly Reading[]): readonly ReadingGroup[] {
  return readings.length === 0 ? [] : [{ title, readings }];
}

/** Dollars as text. */
export function usd(amount: number): string {
  return `$${amount}`;
}

/** Yes or no. */
export function yesNo(value: boolean): string {
  return value ? 'yes' : 'no';
}
