import type { Content, FactKind, NodeDetail } from '../../../../contract/vek.ts';
import {
  formatBytes,
  formatCount,
  formatDateTime,
  formatMoney,
  formatSpan,
  type Zone,
} from '../../../ui/format.ts';
import { shortName } from '../../node/CallLink.tsx';

/**
 * One thing that two calls state about themselves. A side is null where the call does not state it; `none` is what is
 * said then, never a zero. `delta` is how the second differs, in words; empty where that says nothing more.
 */
export type FactRow = {
  readonly label: string;
  readonly a: string | null;
  readonly b: string | null;
  readonly none: 'missing' | 'unpriced';
  readonly differs: boolean;
  readonly delta: string;
  /** `delta`: it alone is worth a place in the head, where both values stand already; `none`: not in the head */
  readonly head: 'all' | 'delta' | 'none';
};

type Amount = readonly [label: string, kind: FactKind, say: (value: number) => string, none?: 'unpriced'];

const AMOUNTS: readonly Amount[] = [
  ['Took', 'duration', formatSpan],
  ['Input tokens', 'input-tokens', formatCount],
  ['Output tokens', 'output-tokens', formatCount],
  ['Total tokens', 'total-tokens', formatCount],
  ['From cache', 'cached-tokens', formatCount],
  ['To cache', 'cache-write-tokens', formatCount],
  ['Reasoning tokens', 'reasoning-tokens', formatCount],
  ['Cost', 'cost', formatMoney, 'unpriced'],
];

/** What two calls are and state beside their contents; what neither states has no row. */
export function factRows(a: NodeDetail, b: NodeDetail, zone: Zone): readonly FactRow[] {
  return [
    row('Tool', shortName(a.record.tool), shortName(b.record.tool), a.record.tool !== b.record.tool),
    timeRow(a, b, zone),
    ...texts('Model', 'model', a, b),
    ...texts('Ended', 'finish', a, b),
    ...AMOUNTS.flatMap((amount) => amountRow(amount, a, b)),
    ...outcomeRow(a, b),
    sizeRow('Input size', a.input, b.input),
    sizeRow('Output size', a.output, b.output),
  ];
}

function row(label: string, a: string | null, b: string | null, differs: boolean, delta = ''): FactRow {
  return { label, a, b, none: 'missing', differs, delta, head: 'all' };
}

function timeRow(a: NodeDetail, b: NodeDetail, zone: Zone): FactRow {
  const [from, to] = [a.row.timeMicros, b.row.timeMicros];
  const say = (micros: number | null) => (micros === null ? 'not a time' : formatDateTime(micros, zone));
  const span = from === null || to === null ? 0 : to - from;
  const delta = span === 0 ? '' : `${formatSpan(span)} ${span < 0 ? 'earlier' : 'later'}`;
  const differs = a.record.timestamp !== b.record.timestamp;
  return { ...row('Time', say(from), say(to), differs, delta), head: delta === '' ? 'none' : 'delta' };
}

const factOf = ({ facts }: NodeDetail, kind: FactKind): string | number | null =>
  facts.find((fact) => fact.kind === kind)?.value ?? null;

const textOf = (value: string | number | null) => (value === null ? null : shortName(String(value)));

function texts(label: string, kind: FactKind, a: NodeDetail, b: NodeDetail): readonly FactRow[] {
  const [was, is] = [factOf(a, kind), factOf(b, kind)];
  if (was === null && is === null) return [];
  return [row(label, textOf(was), textOf(is), was !== is)];
}

function amountRow([label, kind, say, none]: Amount, a: NodeDetail, b: NodeDetail): readonly FactRow[] {
  const [was, is] = [amountOf(a, kind), amountOf(b, kind)];
  // only a call of a model can lack a price
  if (was === null && is === null) return [];
  const by = was === null || is === null ? 0 : is - was;
  return [
    {
      label,
      a: was === null ? null : say(was),
      b: is === null ? null : say(is),
      none: none ?? 'missing',
      differs: was !== is,
      delta: by === 0 ? '' : signed(by, say),
      head: 'all',
    },
  ];
}

function amountOf(detail: NodeDetail, kind: FactKind): number | null {
  const value = factOf(detail, kind);
  const amount = value === null ? Number.NaN : Number(value);
  return Number.isFinite(amount) ? amount : null;
}

const outcomeOf = (failed: boolean) => (failed ? 'failed' : 'no failure reported');

function outcomeRow(a: NodeDetail, b: NodeDetail): readonly FactRow[] {
  const [was, is] = [a.row.summary.failed, b.row.summary.failed];
  if (!was && !is) return [];
  return [row('Outcome', outcomeOf(was), outcomeOf(is), was !== is)];
}

const sizeOf = ({ form, bytes }: Content) => (form === 'missing' ? null : formatBytes(bytes));

function sizeRow(label: string, a: Content, b: Content): FactRow {
  const [was, is] = [sizeOf(a), sizeOf(b)];
  const by = was === null || is === null ? 0 : b.bytes - a.bytes;
  const delta = by === 0 ? '' : signed(by, formatBytes);
  return { ...row(label, was, is, by !== 0 || was !== is, delta), head: 'none' };
}

const signed = (by: number, say: (value: number) => string): string =>
  `${by < 0 ? '\u2212' : '+'}${say(Math.abs(by))}`;
