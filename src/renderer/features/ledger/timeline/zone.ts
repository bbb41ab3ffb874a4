import type { Zone } from '../../../ui/format.ts';

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(zone: Zone): Intl.DateTimeFormat {
  const known = formatters.get(zone);
  if (known !== undefined) return known;
  const timeZone = zone === 'local' ? undefined : zone === 'utc' ? 'UTC' : zone;
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formatters.set(zone, made);
  return made;
}

/** How far a zone's clocks are before UTC at a moment, in microseconds. */
export function zoneOffset(zone: Zone, micros: number): number {
  if (zone === 'utc') return 0;
  const seconds = Math.floor(micros / 1e6);
  const part = new Map(
    formatter(zone)
      .formatToParts(seconds * 1000)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const of = (name: Intl.DateTimeFormatPartTypes) => part.get(name) ?? 0;
  const wall = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'));
  return wall * 1000 - seconds * 1e6;
}

/** The moment at which the clocks of a zone show a time, given as if it were UTC. */
export function fromWall(zone: Zone, wall: number): number {
  const guess = wall - zoneOffset(zone, wall);
  return wall - zoneOffset(zone, guess);
}
