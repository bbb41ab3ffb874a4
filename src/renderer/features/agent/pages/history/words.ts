import type { FileVersion } from '../../../../../contract/edits.ts';
import { formatDateTime, type Zone } from '../../../../ui/format.ts';

/** Who made a version, in words. */
export function whoWords({ how, title, label }: FileVersion): string {
  switch (how) {
    case 'saved':
      return label === null || label === '' ? title || 'Saved by Vekscope' : label;
    case 'seen':
      return title || 'Found on disk';
    case 'agent':
      return title || 'Kept by the agent';
    default:
      return how satisfies never;
  }
}

/** Where a version is from, in one word or two. */
export const HOW: Readonly<Record<FileVersion['how'], string>> = {
  saved: 'Vekscope',
  seen: 'another program',
  agent: 'kept by the agent',
};

/** What makes a version the same one: a text may come back, so its hash alone does not. */
export const versionKey = ({ sha256, atMicros, how }: FileVersion): string =>
  `${atMicros} ${how} ${sha256 ?? ''}`;

/** What a version is compared with: the text that stands there now, the one before it, or nothing. */
export type Against = 'current' | 'before' | 'alone' | { readonly version: string };

/** The version that one is compared with; null: none, its text is shown alone. */
export function otherOf(
  versions: readonly FileVersion[],
  chosen: FileVersion,
  against: Against,
): FileVersion | null {
  if (against === 'alone') return null;
  if (against === 'current') return versions.find(({ current }) => current) ?? null;
  if (against === 'before') return versions[versions.indexOf(chosen) + 1] ?? null;
  return versions.find((version) => versionKey(version) === against.version) ?? null;
}

/** Two versions, the older one first. The list is newest first. */
export const inOrder = (
  versions: readonly FileVersion[],
  a: FileVersion,
  b: FileVersion,
): readonly [FileVersion, FileVersion] => (versions.indexOf(a) > versions.indexOf(b) ? [a, b] : [b, a]);

/** Day and clock time for a narrow list; the year only where it is another one than now. */
export function shortTime(micros: number, zone: Zone, nowMicros: number = Date.now() * 1000): string {
  const year = (of: number): string => /\d{4},/.exec(formatDateTime(of, zone))?.[0] ?? '';
  const whole = formatDateTime(micros, zone);
  return year(micros) === year(nowMicros) ? whole.replace(` ${year(micros)}`, ',') : whole;
}
