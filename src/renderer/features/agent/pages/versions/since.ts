import type { PersonaVersion } from '../../../../../contract/edits.ts';
import { formatDateTime, type Zone } from '../../../../ui/format.ts';
import { shortTime } from '../history/words.ts';

/** Since when and until when a version was in force. */
export function sinceWords({ fromMicros, toMicros }: PersonaVersion, zone: Zone): string {
  const to = toMicros === null ? null : formatDateTime(toMicros, zone);
  if (fromMicros === null) return to === null ? 'since before anything is known' : `until ${to}`;
  const from = `from ${formatDateTime(fromMicros, zone)}`;
  return to === null ? from : `${from} to ${to}`;
}

/** The version in force at a time; versions newest first. Null where none is known for it. */
export const versionAt = (versions: readonly PersonaVersion[], micros: number): PersonaVersion | null =>
  versions.find(({ fromMicros }) => fromMicros === null || fromMicros <= micros) ?? null;

/** When a version began, for a narrow place; of the first one, when it ended. */
export function beginWords({ fromMicros, toMicros }: PersonaVersion, zone: Zone): string {
  if (fromMicros !== null) return shortTime(fromMicros, zone);
  return toMicros === null ? 'all along' : `until ${shortTime(toMicros, zone)}`;
}

/** A version by its number and what it is called. */
export const versionName = ({ number, label, title }: PersonaVersion): string => {
  const words = label ?? title;
  return words === '' ? `Version ${number}` : `Version ${number} · ${words}`;
};
