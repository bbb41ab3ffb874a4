import { filterOfParts, partsOf, partsOfFilter, plainValue, quoted } from './terms.ts';

/** The filter with all terms of these keys left out and one put in their place. */
function replaceKeys(filter: string, keys: readonly string[], term: string): string {
  const { chips, text } = partsOfFilter(filter);
  const kept = chips.filter((chip) => !keys.includes(partsOf(chip).key));
  return filterOfParts({ chips: [...kept, term], text });
}

/**
 * A tool as a value of `tool:`. That takes the beginning of a name, so where another of the `known` names begins
 * alike (or none are known) the sign for the whole name stands before it.
 */
export function toolValue(name: string, known: readonly string[]): string {
  const lower = name.toLowerCase();
  const sure =
    name !== '' &&
    known.length > 0 &&
    !/^=|\*/.test(name) &&
    known.every((other) => other.toLowerCase() === lower || !other.toLowerCase().startsWith(lower));
  return quoted(sure ? name : `=${name}`);
}

/** Only calls of one tool. */
export const onlyTool = (filter: string, name: string, known: readonly string[]): string =>
  replaceKeys(filter, ['tool', '-tool'], `tool:${toolValue(name, known)}`);

/** No calls of one tool. */
export function hideTool(filter: string, name: string, known: readonly string[]): string {
  const { chips, text } = partsOfFilter(filter);
  const value = toolValue(name, known);
  const plain = plainValue(value);
  const kept = chips.filter((chip) => {
    const part = partsOf(chip);
    const same = plainValue(part.value).toLowerCase() === plain.toLowerCase();
    return !(same && (part.key === 'tool' || part.key === '-tool'));
  });
  return filterOfParts({ chips: [...kept, `-tool:${value}`], text });
}

/** Calls from this instant on, or up to it; microseconds since 1970. Both ends include the instant itself. */
export const bounded = (filter: string, bound: 'since' | 'until', micros: number): string =>
  replaceKeys(filter, [bound], `${bound}:${instantText(micros)}`);

/** Only calls that failed, or again all. */
export function failedOnly(filter: string, on: boolean): string {
  const { chips, text } = partsOfFilter(filter);
  const kept = chips.filter((chip) => chip.toLowerCase() !== 'error');
  return filterOfParts({ chips: on ? [...kept, 'error'] : kept, text });
}

/** Whether the filter lets only failed calls through. */
export const isFailedOnly = (filter: string): boolean =>
  partsOfFilter(filter).chips.some((chip) => chip.toLowerCase() === 'error');

/** The filter without its bounds of time; null when it has none. */
export function withoutTimes(filter: string): string | null {
  const { chips, text } = partsOfFilter(filter);
  const kept = chips.filter((chip) => !['since', 'until'].includes(partsOf(chip).key));
  return kept.length === chips.length ? null : filterOfParts({ chips: kept, text });
}

/** An instant as `since:` and `until:` read it, to the microsecond, in UTC. */
export function instantText(micros: number): string {
  const whole = Math.floor(micros / 1e6);
  const rest = String(micros - whole * 1e6).padStart(6, '0');
  return `${new Date(whole * 1000).toISOString().slice(0, 19)}.${rest}Z`;
}
