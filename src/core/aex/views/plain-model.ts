import type { Outcome } from '../../../contract/ledger.ts';
import { FLAG, TYPE_KINDS } from '../columns.ts';
import type { NumberRange } from '../query/numbers.ts';
import type { LedgerFilter, LedgerTerm } from '../query/query.ts';
import type { Is } from '../query/words.ts';
import type { LedgerFacts } from './facts.ts';
import type { PlainEntry } from './testing.ts';

/** Which entries fit a filter, one by one and slowly: what the quick views are compared with in tests. */
export function plainMatches(
  entries: readonly PlainEntry[],
  agent: string | null,
  filter: LedgerFilter,
  facts: LedgerFacts,
): readonly PlainEntry[] {
  return entries.filter(
    (entry) =>
      (agent === null || entry.agent === agent) &&
      filter.terms.every((term) => fits(entries, entry, term, facts) !== term.negated),
  );
}

export const plainKind = (entry: PlainEntry): string => TYPE_KINDS.get(entry.type) ?? 'other';

const byExecution = new WeakMap<readonly PlainEntry[], Map<string | null, PlainEntry[]>>();

function ownEntries(entries: readonly PlainEntry[], id: string | null): readonly PlainEntry[] {
  const groups = byExecution.get(entries) ?? Map.groupBy(entries, (entry) => entry.execution);
  byExecution.set(entries, groups);
  return groups.get(id) ?? [];
}

/** How the execution of an entry ended; null: it is of none. */
export function plainOutcome(entries: readonly PlainEntry[], id: string | null): Outcome | null {
  if (id === null) return null;
  const kinds = ownEntries(entries, id).map(plainKind);
  const settled = kinds.find((kind) => kind === 'commit' || kind === 'release');
  if (settled !== undefined) return settled === 'commit' ? 'spent' : 'released';
  if (kinds.includes('reserve')) return 'open';
  if (kinds.includes('deny') || kinds.includes('policy')) return 'denied';
  return kinds.includes('fail') ? 'failed' : 'unknown';
}

const inRange = (value: number, { from, to, over, under }: NumberRange): boolean =>
  (from === null || (over ? value > from : value >= from)) &&
  (to === null || (under ? value < to : value <= to));

const named = (value: string | null, any: readonly string[]): boolean => any.includes(value ?? '');

function fits(
  entries: readonly PlainEntry[],
  entry: PlainEntry,
  term: LedgerTerm,
  facts: LedgerFacts,
): boolean {
  const kind = plainKind(entry);
  switch (term.kind) {
    case 'text':
      return [entry.type, entry.detail, entry.agent, entry.execution].some(
        (text) => text !== null && text.toLowerCase().includes(term.text.toLowerCase()),
      );
    case 'is':
      return term.any.some((word) => isPlainly(entries, entry, word, facts));
    case 'outcome': {
      const outcome = plainOutcome(entries, entry.execution);
      return outcome === null ? term.absent : term.any.includes(outcome);
    }
    case 'execution':
      return term.any.some(({ text, exact }) =>
        text === ''
          ? entry.execution === null
          : entry.execution !== null && (exact ? entry.execution === text : entry.execution.startsWith(text)),
      );
    case 'name':
      switch (term.key) {
        case 'agent':
          return named(entry.agent, term.any);
        case 'type':
          return term.any.includes(entry.type) || term.any.includes(kind);
        case 'model':
          return kind === 'commit' && named(entry.detail, term.any);
        case 'reason':
          return ['release', 'deny', 'fail', 'policy'].includes(kind) && named(entry.detail, term.any);
        case 'tool':
          return kind === 'commit'
            ? term.any.some((tool) => tool !== '' && entry.detail === `tool:${tool}`)
            : ['tool', 'tool-denied'].includes(kind) && named(entry.detail, term.any);
      }
    // falls through: every key returned
    case 'day':
      return (
        term.any.some((range) =>
          inRange(Math.floor(entry.micros / 86_400e6), { ...range, over: false, under: false }),
        ) && !Number.isNaN(entry.micros)
      );
    case 'at':
      return (
        !Number.isNaN(entry.micros) &&
        term.any.some((range) => inRange(entry.micros, { ...range, over: false, under: true }))
      );
    case 'number': {
      const tokens =
        Number.isNaN(entry.prompt) && Number.isNaN(entry.completion)
          ? Number.NaN
          : (entry.prompt || 0) + (entry.completion || 0);
      const value = {
        seq: entry.seq,
        reserved: entry.estimated,
        cost: kind === 'commit' || kind === 'tool' ? entry.amount : Number.NaN,
        tokens: kind === 'commit' ? tokens : Number.NaN,
      }[term.key];
      return Number.isNaN(value) ? term.absent : term.any.some((range) => inRange(value, range));
    }
  }
}

function isPlainly(entries: readonly PlainEntry[], entry: PlainEntry, word: Is, facts: LedgerFacts): boolean {
  const kind = plainKind(entry);
  const flag = (bit: number): boolean => (entry.flags & bit) !== 0;
  const outcome = plainOutcome(entries, entry.execution);
  const first = ownEntries(entries, entry.execution).find((one) => plainKind(one) === 'reserve');
  const open = outcome === 'open' && first === entry;
  const finding = facts.findings.get(entry.seq) ?? null;
  switch (word) {
    case 'settlement':
      return kind === 'commit';
    case 'overrun':
      return flag(FLAG.overrun);
    case 'free':
      return flag(FLAG.free);
    case 'recovered':
      return flag(FLAG.recovered);
    case 'clock-back':
      return flag(FLAG.clockBack);
    case 'odd':
      return flag(FLAG.oddPayload);
    case 'inexact':
      return flag(FLAG.inexact);
    case 'open':
      return open;
    case 'expired':
      return open && entry.expiry < facts.nowMicros;
    case 'settled':
      return outcome === 'spent' || outcome === 'released';
    case 'denied':
      return kind === 'deny' || kind === 'policy';
    case 'finding':
      return finding !== null;
    case 'error':
    case 'warning':
    case 'notice':
      return finding === word;
    case 'undated':
      return Number.isNaN(entry.micros);
    case 'unlinked':
      return entry.execution === null;
    case 'other-price': {
      const price = kind === 'commit' ? facts.prices?.get(entry.detail ?? '') : undefined;
      if (price === undefined) return false;
      const cost = entry.prompt * price.inputMicro + entry.completion * price.outputMicro;
      return !Number.isNaN(cost) && !Number.isNaN(entry.amount) && cost !== entry.amount;
    }
  }
}
