import {
  ENTRY_WORDS,
  type ChainState,
  type EntryRow,
  type GroupRow,
  type LedgerMark,
  type Outcome,
} from '../../../contract/ledger.ts';
import type { Tone } from '../../ui/badge/Badge.tsx';
import { formatCounted, formatMoney } from '../../ui/format.ts';
import { visibleText } from '../../ui/visible-text.ts';

/** What happened; of a type that AEX does not write its own name. */
export const entryWord = ({ kind, type }: Pick<EntryRow, 'kind' | 'type'>): string =>
  kind === 'other' ? visibleText(type).slice(0, 80) || 'No type' : ENTRY_WORDS[kind];

/** What else a line says of an entry: model and tokens, reason, tool, transition. */
export function entryDetail(entry: EntryRow): string {
  const detail = visibleText(entry.detail);
  switch (entry.kind) {
    case 'reserve':
      return 'estimate';
    case 'commit': {
      const model = visibleText(entry.model ?? entry.detail);
      // a run of a tool has no tokens
      if (model.startsWith('tool:')) return `tool ${model.slice('tool:'.length)}`;
      return [model, tokenWords(entry)].filter(Boolean).join(', ');
    }
    case 'deny': {
      const { estimatedMicro, remainingMicro } = entry;
      const needed = estimatedMicro === null ? '' : `${formatMoney(estimatedMicro)} asked`;
      const left = remainingMicro === null ? '' : `${formatMoney(remainingMicro)} left`;
      return [detail, [needed, left].filter(Boolean).join(', ')].filter(Boolean).join(': ');
    }
    default:
      return detail;
  }
}

type Tokens = Pick<EntryRow, 'promptTokens' | 'completionTokens'>;

function tokenWords({ promptTokens, completionTokens }: Tokens): string {
  if (promptTokens === null && completionTokens === null) return '';
  return formatCounted((promptTokens ?? 0) + (completionTokens ?? 0), 'token');
}

/** How an execution ended. */
export const OUTCOME_WORDS: Readonly<Record<Outcome, string>> = {
  spent: 'Spent',
  released: 'Released',
  denied: 'Denied',
  failed: 'Failed',
  open: 'Still open',
  unknown: 'Unclear',
};

/** What else a line says of an execution. */
export function groupDetail(group: GroupRow): string {
  const model = visibleText(group.model ?? '');
  const detail = visibleText(group.detail);
  if (model.startsWith('tool:')) return `tool ${model.slice('tool:'.length)}`;
  return [model, tokenWords(group), detail === model ? '' : detail].filter(Boolean).join(', ');
}

type MarkWords = { readonly word: string; readonly tone: Tone; readonly means: string };

export const MARK_WORDS: Readonly<Record<LedgerMark, MarkWords>> = {
  overrun: { word: 'overrun', tone: 'warn', means: 'More was spent than had been reserved.' },
  open: { word: 'open', tone: 'warn', means: 'The reservation was never settled: its money is still held.' },
  expired: {
    word: 'expired',
    tone: 'warn',
    means: 'The reservation is past its expiry and waits for the next start of the daemon.',
  },
  recovered: {
    word: 'recovered',
    tone: 'neutral',
    means: 'Released by the daemon when it started again after the reservation had expired.',
  },
  free: {
    word: 'free',
    tone: 'neutral',
    means: 'Settled at no cost: the provider named no tokens, so the agent was not charged.',
  },
  'clock-back': {
    word: 'clock back',
    tone: 'neutral',
    means: 'Its time is before that of the entry it follows. Times are not part of the chain.',
  },
  'odd-payload': {
    word: 'odd payload',
    tone: 'warn',
    means: 'Its payload is not of the form that entries of its type have.',
  },
};

type ChainWords = { readonly badge: string; readonly tone: Tone; readonly means: string };

/** How far an entry is known to be what was written. Only `verified` says that it is. */
export const CHAIN_WORDS: Readonly<Record<ChainState, ChainWords>> = {
  verified: {
    badge: 'hash verified',
    tone: 'ok',
    means: 'Its hash was just recomputed, and the last check proved all entries before it.',
  },
  closed: {
    badge: 'hash fits, chained to the original',
    tone: 'ok',
    means:
      'Its hash was just recomputed. Before it something was changed or removed, and the original content of that gives the hash that it is chained to.',
  },
  anew: {
    badge: 'hash fits, not trusted',
    tone: 'warn',
    means:
      'Its hash fits, which proves nothing: by what other records say, an entry before it was changed and all hashes from there on were made anew.',
  },
  forged: {
    badge: 'hash fits, content does not',
    tone: 'bad',
    means:
      'Its hash fits its content, but the content is not what was written: it was hashed anew after it was changed.',
  },
  follows: {
    badge: 'follows the stored hash',
    tone: 'neutral',
    means: 'Its hash fits its content and the hash it names. What lies before it is not proved.',
  },
  broken: {
    badge: 'hash does not match',
    tone: 'bad',
    means:
      'Its content does not give the stored hash, or the entry before it has another hash than it names.',
  },
  unknown: {
    badge: 'can’t be recomputed',
    tone: 'warn',
    means: 'What was hashed is gone: its execution id was taken away with a deleted agent.',
  },
};

/** A change of an amount with its sign, so that points align: `+$0.093950`, `−$0.006488`; empty: none. */
export const signedMoney = (micro: number): string =>
  micro === 0 ? '' : micro > 0 ? `+${formatMoney(micro)}` : formatMoney(micro);
