import type { LedgerFacetKey, Outcome } from '../../../contract/ledger.ts';

/** A word that can be typed, and what it means. */
export type QueryWord = { readonly value: string; readonly help: string };

/** What an entry can be, for `is:`. */
export const IS_WORDS = [
  { value: 'settlement', help: 'settled with a cost' },
  { value: 'overrun', help: 'cost more than was reserved' },
  { value: 'free', help: 'settled without cost and tokens' },
  { value: 'other-price', help: 'cost is not tokens times the price in models.yaml' },
  { value: 'open', help: 'a reservation that nothing settled yet' },
  { value: 'expired', help: 'a reservation still open past its expiry' },
  { value: 'settled', help: 'of an execution that was settled or released' },
  { value: 'recovered', help: 'released by the recovery at a start' },
  { value: 'denied', help: 'a request that was refused' },
  { value: 'finding', help: 'the last check found something here' },
  { value: 'error', help: 'the last check found an error here' },
  { value: 'warning', help: 'the last check gave a warning here' },
  { value: 'notice', help: 'the last check noted something here' },
  { value: 'odd', help: 'a payload of another form than its type has' },
  { value: 'inexact', help: 'an amount beyond exact arithmetic' },
  { value: 'clock-back', help: 'its time is before that of the entry it follows' },
  { value: 'undated', help: 'its time can’t be read' },
  { value: 'unlinked', help: 'of no execution' },
] as const satisfies readonly QueryWord[];
export type Is = (typeof IS_WORDS)[number]['value'];

const OUTCOME_WORDS = [
  { value: 'spent', help: 'settled with a cost, even one of 0' },
  { value: 'released', help: 'the reservation was given back' },
  { value: 'denied', help: 'refused for want of budget or by policy' },
  { value: 'failed', help: 'ended without a reservation' },
  { value: 'open', help: 'reserved and not settled yet' },
  { value: 'unknown', help: 'its entries do not say' },
] as const satisfies readonly (QueryWord & { readonly value: Outcome })[];

const TYPE_WORDS: readonly QueryWord[] = [
  { value: 'reserve', help: 'money was reserved' },
  { value: 'deny', help: 'refused for want of budget' },
  { value: 'dispatch', help: 'the call was sent' },
  { value: 'commit', help: 'settled with a cost' },
  { value: 'release', help: 'a reservation was given back' },
  { value: 'fail', help: 'ended without a reservation' },
  { value: 'tool', help: 'a tool ran' },
  { value: 'tool-denied', help: 'a tool run failed' },
  { value: 'lifecycle', help: 'an agent changed its state' },
  { value: 'policy', help: 'refused by policy' },
  { value: 'other', help: 'a type that AEX 2.0 does not write' },
];

/** One key of the language, for suggestions. `values`: the words it can have; `facet`: where others come from. */
export type QueryKey = {
  readonly key: string;
  readonly help: string;
  readonly values: readonly QueryWord[];
  readonly facet: LedgerFacetKey | null;
};

const DOLLARS: readonly QueryWord[] = [
  { value: '>0.01', help: 'more than a cent' },
  { value: '>1500µ', help: 'more than 1500 micro-dollars' },
  { value: '0', help: 'nothing' },
];

/** All keys that a query may have, in the order in which they are offered. */
export const LEDGER_QUERY_KEYS = [
  { key: 'agent', help: 'whose entries', values: [], facet: 'agent' },
  { key: 'type', help: 'kind of entry', values: TYPE_WORDS, facet: 'type' },
  { key: 'is', help: 'what is unusual', values: IS_WORDS, facet: null },
  { key: 'outcome', help: 'how its execution ended', values: OUTCOME_WORDS, facet: 'outcome' },
  { key: 'model', help: 'model of a settlement', values: [], facet: 'model' },
  { key: 'reason', help: 'why it was released, refused or failed', values: [], facet: 'reason' },
  { key: 'tool', help: 'runs of a tool', values: [], facet: 'tool' },
  {
    key: 'execution',
    help: 'an execution, or the first 6 or more letters of its id',
    values: [],
    facet: null,
  },
  { key: 'day', help: 'a UTC day, or FROM..TO', values: [], facet: 'day' },
  {
    key: 'at',
    help: 'a time, or FROM..TO, in UTC',
    values: [
      { value: '2026-03-02T14:03', help: 'that minute' },
      { value: '2026-03-02T14:00..2026-03-02T15:30', help: 'from one time to another' },
    ],
    facet: null,
  },
  { key: 'since', help: 'from a time on, such as 2026-03-02T14:03', values: [], facet: null },
  { key: 'until', help: 'before a time, such as 2026-03-02T14:03', values: [], facet: null },
  { key: 'cost', help: 'cost in dollars, or in micro-dollars with µ', values: DOLLARS, facet: null },
  { key: 'reserved', help: 'what was reserved or asked for, in dollars or µ', values: DOLLARS, facet: null },
  {
    key: 'tokens',
    help: 'tokens of a settlement',
    values: [{ value: '>1000', help: 'more than 1000' }],
    facet: null,
  },
  { key: 'seq', help: 'number of an entry, or FROM..TO', values: [], facet: null },
] as const satisfies readonly QueryKey[];
export type LedgerKey = (typeof LEDGER_QUERY_KEYS)[number]['key'];

const isWords: ReadonlySet<string> = new Set(IS_WORDS.map(({ value }) => value));
const outcomeWords: ReadonlySet<string> = new Set(OUTCOME_WORDS.map(({ value }) => value));
const keyWords: ReadonlySet<string> = new Set(LEDGER_QUERY_KEYS.map(({ key }) => key));

export const isIs = (text: string): text is Is => isWords.has(text);
export const isOutcome = (text: string): text is Outcome => outcomeWords.has(text);
export const isLedgerKey = (text: string): text is LedgerKey => keyWords.has(text);
