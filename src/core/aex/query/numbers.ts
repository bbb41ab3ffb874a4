import type { Read } from '../../records/query-values.ts';

/** Both ends are included but for `over` and `under`; null: no end on that side. Money in micro-dollars. */
export type NumberRange = {
  readonly from: number | null;
  readonly to: number | null;
  readonly over: boolean;
  readonly under: boolean;
};

/** Keys whose values are numbers; `cost` and `reserved` are money. */
export const NUMBER_KEYS = ['seq', 'cost', 'reserved', 'tokens'] as const;
export type NumberKey = (typeof NUMBER_KEYS)[number];

const isMoney = (key: NumberKey): boolean => key === 'cost' || key === 'reserved';

const WANTED: Record<NumberKey, string> = {
  seq: 'number of an entry such as 12, or 12..40',
  cost: 'amount such as >0.01 in dollars, or >1500µ in micro-dollars',
  reserved: 'amount such as >0.01 in dollars, or >1500µ in micro-dollars',
  tokens: 'number of tokens such as >1000',
};

/** Reads `5`, `>5`, `>=5`, `<5`, `<=5`, `1..5`, `..5`, `5..`. An amount finer than a micro-dollar is refused. */
export const readNumbers =
  (key: NumberKey): Read<NumberRange> =>
  (text) => {
    const wrong = `“${text}” is no ${WANTED[key]}.`;
    const read = isMoney(key) ? readMicro : readInteger;
    const sign = /^(>=|<=|>|<)/.exec(text)?.[1] ?? '';
    if (sign !== '') {
      const value = read(text.slice(sign.length));
      if (value === null) return wrong;
      return sign.startsWith('>')
        ? { from: value, to: null, over: sign === '>', under: false }
        : { from: null, to: value, over: false, under: sign === '<' };
    }
    const parts = text.split('..');
    if (parts.length > 2 || text === '..') return wrong;
    const ends = parts.map((part) => (part === '' ? undefined : read(part)));
    if (text === '' || ends.includes(null)) return wrong;
    const from = ends[0] ?? null;
    const to = ends.length === 1 ? from : (ends[1] ?? null);
    if (from !== null && to !== null && to < from) return `“${text}” ends before it begins.`;
    return { from, to, over: false, under: false };
  };

function readInteger(text: string): number | null {
  if (!/^-?\d+$/.test(text)) return null;
  const value = Number(text) + 0;
  return Number.isSafeInteger(value) ? value : null;
}

/** Dollars with at most six decimals, or an integer of micro-dollars with µ (U+00B5 or U+03BC) or u behind it. */
function readMicro(text: string): number | null {
  if (/[µμu]$/.test(text)) return readInteger(text.slice(0, -1));
  const match = /^(-?)\$?(\d*)(?:\.(\d*))?$/.exec(text);
  if (match === null || `${match[2]}${match[3] ?? ''}` === '') return null;
  const decimals = (match[3] ?? '').replace(/0+$/, '');
  return decimals.length > 6 ? null : readInteger(`${match[1]}${match[2]}${decimals.padEnd(6, '0')}`);
}

/** The text of a range; `readNumbers` reads the same range from it. */
export function numbersText(key: NumberKey, range: NumberRange): string {
  const text = isMoney(key) ? dollarsText : String;
  if (range.over) return `>${text(range.from!)}`;
  if (range.under) return `<${text(range.to!)}`;
  if (range.from !== null && range.from === range.to) return text(range.from);
  return `${range.from === null ? '' : text(range.from)}..${range.to === null ? '' : text(range.to)}`;
}

/** Micro-dollars as dollars, exact and without an exponent. */
function dollarsText(micro: number): string {
  const digits = String(Math.abs(micro)).padStart(7, '0');
  const decimals = digits.slice(-6).replace(/0+$/, '');
  return `${micro < 0 ? '-' : ''}${digits.slice(0, -6)}${decimals === '' ? '' : `.${decimals}`}`;
}
