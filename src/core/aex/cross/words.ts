import { ENTRY_KINDS, ENTRY_WORDS, type EntryKind } from '../../../contract/ledger.ts';
import type { HashedParts } from '../chain/entry-hash.ts';
import { parseJson } from '../../json/parse.ts';
import type { PayloadFields } from '../payload-scan.ts';
import { formMasker } from '../secrets.ts';

const NAMES: Readonly<Record<EntryKind, string>> = {
  reserve: 'reservation',
  deny: 'denial',
  dispatch: 'dispatch',
  commit: 'settlement',
  release: 'release',
  fail: 'failure',
  tool: 'tool run',
  'tool-denied': 'failed tool run',
  lifecycle: 'state change',
  policy: 'policy violation',
  other: 'entry of an unknown type',
};

/** What an entry is, in a word. `kind`: its place in `ENTRY_KINDS`. */
export const kindName = (kind: number): string => NAMES[ENTRY_KINDS[kind] ?? 'other'];

/** What an entry says has happened, as statements name it. */
export function stepName(kind: number): string {
  const known = ENTRY_KINDS[kind] ?? 'other';
  return known === 'other' ? 'of an unknown type' : ENTRY_WORDS[known];
}

/** `$0.001660`: micro-dollars to the last digit. */
export function money(micro: number): string {
  const sign = micro < 0 ? '−' : '';
  const whole = Math.abs(micro);
  const dollars = Math.floor(whole / 1_000_000);
  return `${sign}$${dollars}.${String(whole - dollars * 1_000_000).padStart(6, '0')}`;
}

const MAX_TEXT = 160;

/** How a counter of an agent's row is called as a witness. */
export const counterName = (counter: 'spent' | 'reserved', agent: string | null): string =>
  `the ${counter} counter of ${shown(agent)}`;

/** A text of the store inside a message: short, without control characters, tokens masked. */
export function shown(text: string | null): string {
  if (text === null) return 'nothing';
  if (text === '') return '“”';
  const masked = formMasker.text(text.slice(0, MAX_TEXT * 4));
  const plain = masked.replaceAll(/[\p{Cc}\u2028-\u202e\u2066-\u2069]/gu, ' ');
  return plain.length > MAX_TEXT ? `${plain.slice(0, MAX_TEXT)}…` : plain;
}

/** An id that is a hash by its first eight letters, as everywhere; another one as it is. */
export const shortId = (id: string): string => (/^[0-9a-f]{32,}$/.test(id) ? id.slice(0, 8) : shown(id));

/** `entries 7 and 8`, `entries 7 to 19`. */
export function entriesText(from: number, to: number): string {
  if (from === to) return `entry ${from}`;
  return to === from + 1 ? `entries ${from} and ${to}` : `entries ${from} to ${to}`;
}

/** What differs between a true and a stored content, field by field. */
export function differences(
  truth: HashedParts,
  stored: HashedParts,
): { readonly expected: string; readonly found: string } {
  const expected: string[] = [];
  const found: string[] = [];
  const tell = (name: string, is: string | null, was: string | null): void => {
    if (is === was) return;
    expected.push(`${name} ${shown(was)}`);
    found.push(`${name} ${shown(is)}`);
  };
  tell('type', stored.type, truth.type);
  tell('execution', stored.executionId ?? '', truth.executionId ?? '');
  if (stored.payload !== truth.payload) {
    const is = fieldsOf(stored.payload);
    const was = fieldsOf(truth.payload);
    if (is === null || was === null) tell('payload', stored.payload, truth.payload);
    else {
      for (const key of new Set([...was.keys(), ...is.keys()])) {
        tell(key, is.get(key) ?? null, was.get(key) ?? null);
      }
      if (expected.length === 0) tell('payload', stored.payload, truth.payload);
    }
  }
  return { expected: expected.join(', '), found: found.join(', ') };
}

function fieldsOf(payload: string): Map<string, string> | null {
  const parsed = parseJson(payload);
  if (!parsed.ok || parsed.node.kind !== 'object') return null;
  const fields = new Map<string, string>();
  for (const { key, value } of parsed.node.entries) {
    if (value.kind === 'string') fields.set(key, value.value);
    else if (value.kind === 'int' || value.kind === 'float') fields.set(key, value.text);
    else fields.set(key, value.kind);
  }
  return fields;
}

/** `1 token`, `1,234 tokens`. */
export const amount = (count: number, unit: string): string =>
  `${count.toLocaleString('en-US')} ${count === 1 ? unit : `${unit}s`}`;

/** Figures of a payload as findings name them. */
export const amountWords = (payload: Readonly<PayloadFields>): string[] => [
  ...(payload.cost === null ? [] : [`cost ${money(payload.cost)}`]),
  ...(payload.estimated === null ? [] : [`estimate ${money(payload.estimated)}`]),
  ...(payload.remaining === null ? [] : [`remaining ${money(payload.remaining)}`]),
  ...(payload.prompt === null ? [] : [`prompt tokens ${payload.prompt}`]),
  ...(payload.completion === null ? [] : [`completion tokens ${payload.completion}`]),
  ...(payload.model === null ? [] : [`model ${shown(payload.model)}`]),
];

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** `a`, `a and b`, `a, b and c`. */
export function listed(parts: readonly string[]): string {
  if (parts.length <= 1) return parts[0] ?? '';
  return `${parts.slice(0, -1).join(', ')} and ${parts[parts.length - 1]}`;
}
