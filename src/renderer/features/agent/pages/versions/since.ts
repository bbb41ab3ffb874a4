import type { PersonaVersion } from '../../../../../contract/edits.ts';
import { formatDateTime, type Zone } from '../../../../ui/format.ts';

/** Since when and until when a version was in force. */
export function sinceWords({ fromMicros, toMicros }: PersonaVersion, zone: Zone): string {
  const from =
    fromMicros === null ? 'from before anything is known' : `from ${formatDateTime(fromMicros, zone)}`;
  return toMicros === null ? from : `${from} to ${formatDateTime(toMicros, zone)}`;
}

/** The version in force at a time; versions newest first. Null where none is known for it. */
export const versionAt = (versions: readonly PersonaVersion[], micros: number): PersonaVersion | null =>
  versions.find(({ fromMicros }) => fromMicros === null || fromMicros <= micros) ?? null;

/** A version by its number and what it is called. */
export const versionName = ({ number, label, title }: PersonaVersion): string => {
  const words = label ?? title;
  return words === '' ? `Version ${number}` : `Version ${number} · ${words}`;
};
