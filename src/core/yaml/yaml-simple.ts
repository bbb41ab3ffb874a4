import { plainValue } from './yaml-scalar.ts';
import type { YamlMap, YamlValue } from './yaml-value.ts';

const row = /^([A-Za-z_][A-Za-z0-9_]*):(?: +(\S.*?))? *$/;
const item = /^ *- +(\S.*?) *$/;
/** Begins with a letter, digit or `_`, so that no sign of YAML has a meaning at its start. */
const word = /^[\p{L}\p{N}_]/u;
const special = /: |:$| #|\t/;
const flow = /^\[([A-Za-z0-9_./ -]+(?:, *[A-Za-z0-9_./ -]+)*)\]$/;

/**
 * Reads the plain form that nearly every header has: one key a line, with an unquoted value, a list of such below, or a
 * short list in brackets. Null for anything else, which the whole parser reads; both give the same.
 */
export function readSimple(
  text: string,
): { readonly value: YamlMap; readonly lines: ReadonlyMap<string, number> } | null {
  const value = new Map<YamlValue, YamlValue>();
  const lines = new Map<string, number>();
  const rows = text.split('\n');
  for (let i = 0; i < rows.length; i++) {
    if (rows[i] === '') continue;
    const found = row.exec(rows[i]!);
    if (found === null) return null;
    const [, name = '', raw] = found;
    const key = plainValue(name);
    if (typeof key !== 'string') return null;
    let made: YamlValue | undefined;
    if (raw === undefined) {
      const items: YamlValue[] = [];
      const start = i + 1;
      const depth = /^ */.exec(rows[start] ?? '')![0].length;
      while (i + 1 < rows.length && item.test(rows[i + 1]!)) {
        if (/^ */.exec(rows[i + 1]!)![0].length !== depth) return null;
        const one = simple(item.exec(rows[i + 1]!)![1]!);
        if (one === undefined) return null;
        items.push(one);
        i++;
      }
      made = items.length === 0 ? null : items;
      lines.set(name, start);
    } else {
      made = simple(raw) ?? listOf(raw);
      lines.set(name, i + 1);
    }
    if (made === undefined) return null;
    value.set(key, made);
  }
  return value.size === 0 ? null : { value, lines };
}

function simple(raw: string): YamlValue | undefined {
  if (!word.test(raw) || special.test(raw)) return undefined;
  const value = plainValue(raw);
  return typeof value === 'object' && value !== null && 'problem' in value ? undefined : value;
}

function listOf(raw: string): YamlValue | undefined {
  const found = flow.exec(raw);
  if (found === null) return raw === '[]' ? [] : undefined;
  const items = found[1]!.split(',').map((one) => simple(one.trim()));
  return items.includes(undefined) ? undefined : (items as YamlValue[]);
}
