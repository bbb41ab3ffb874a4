/** Values of which the texts here are made. Numbers are whole. */
export type Plain = string | number | boolean | null | readonly Plain[] | { readonly [key: string]: Plain };

const ascii = (text: string): string =>
  JSON.stringify(text).replaceAll(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

function dumps(value: Plain, comma: string, colon: string, sorted: boolean): string {
  if (typeof value === 'string') return ascii(value);
  if (value === null || typeof value !== 'object') return String(value);
  if (Array.isArray(value))
    return `[${value.map((item: Plain) => dumps(item, comma, colon, sorted)).join(comma)}]`;
  const entries = Object.entries(value);
  if (sorted) entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, item]) => ascii(key) + colon + dumps(item, comma, colon, sorted)).join(comma)}}`;
}

/** `json.dumps(value)` of Python: bodies of executions, metadata of events. */
export const spacedJson = (value: Plain): string => dumps(value, ', ', ': ', false);

/** Canonical JSON (formats/aex.md §3) of values whose keys are ASCII. */
export const canonicalText = (value: Plain): string => dumps(value, ',', ':', true);

let lastSecond = Number.NaN;
let lastText = '';

function isoOf(second: number): string {
  if (second !== lastSecond) {
    lastSecond = second;
    lastText = new Date(second * 1000).toISOString().slice(0, 19);
  }
  return lastText;
}

/** Time in shape A (formats/aex.md §2) of seconds since 1970. */
export const timeA = (seconds: number): string => `${isoOf(Math.floor(seconds))}+00:00`;
/** The same in shape B. */
export const timeB = (seconds: number): string => isoOf(Math.floor(seconds)).replace('T', ' ');
/** The same in shape C, with microseconds where there are any. */
export function timeC(seconds: number): string {
  const micros = Math.floor((seconds - Math.floor(seconds)) * 1e6);
  return isoOf(Math.floor(seconds)) + (micros === 0 ? '' : `.${String(micros).padStart(6, '0')}`);
}
