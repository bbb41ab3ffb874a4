import { zoneLabel, zoneName } from '../../ui/format.ts';

/** A zone to choose: `value` is what is kept, `label` what is read and searched. */
export type ZoneChoice = { readonly value: string; readonly label: string };

/** `Buenos Aires, America, UTC−03:00`; the whole path of the zone is found by typing any part of it. */
export function zoneChoice(value: string, atMs: number): ZoneChoice {
  const offset = zoneLabel(value, atMs);
  if (value === 'utc') return { value, label: 'UTC' };
  if (value === 'local') return { value, label: `Local time, ${offset}` };
  const area = value.split('/').slice(0, -1).join(', ').replaceAll('_', ' ');
  return { value, label: [zoneName(value), area, offset].filter(Boolean).join(', ') };
}

/** Local time, UTC, and every zone that this machine knows. */
export function zoneChoices(atMs: number): readonly ZoneChoice[] {
  const known = Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC');
  return ['local', 'utc', ...known].map((zone) => zoneChoice(zone, atMs));
}
