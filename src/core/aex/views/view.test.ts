import { describe, expect, it } from 'vitest';
import { randomBelow } from '../../../../test/support/random.ts';
import { LEDGER_FACETS, LEDGER_SORTS, type DayRow, type LedgerView } from '../../../contract/ledger.ts';
import type { Severity } from '../../../contract/problem.ts';
import { textFromDays } from '../../records/time.ts';
import { parseLedgerQuery } from '../query/query.ts';
import { IS_WORDS } from '../query/words.ts';
import { balancesOf, deltasAt } from './balances.ts';
import { facetsOf } from './facets.ts';
import type { LedgerFacts } from './facts.ts';
import { linesAt, locateSeq, type ViewLine } from './lines.ts';
import { rowsOfQuery } from './match.ts';
import { plainKind, plainMatches, plainOutcome } from './plain-model.ts';
import { columnsOf, randomEntries, type PlainEntry } from './testing.ts';
import { makeView } from './view.ts';

const first = Number(process.env['VEKSCOPE_SEED'] ?? Math.floor(Math.random() * 2 ** 30));
const seeds = Array.from({ length: 3 }, (_, at) => first + at);

function factsFor(entries: readonly PlainEntry[], seed: number): LedgerFacts {
  const below = randomBelow(seed);
  const severities: readonly Severity[] = ['error', 'warning', 'notice'];
  return {
    budgets: new Map([
      ['coder', 50_000],
      ['planner', 2_000_000],
      ['Ünïcode, "x"', 9],
    ]),
    findings: new Map(
      entries.filter(() => below(12) === 0).map((entry) => [entry.seq, severities[below(3)]!] as const),
    ),
    prices: new Map([
      ['mini', { inputMicro: 2, outputMicro: 8 }],
      ['big', { inputMicro: 25, outputMicro: 100 }],
    ]),
    nowMicros: Math.max(...entries.map((entry) => entry.micros || 0)) - 600e6,
  };
}

const QUERIES = [
  '',
  ...IS_WORDS.map(({ value }) => `is:${value}`),
  '-is:finding,open,recovered',
  'agent:coder,planner -type:dispatch',
  'agent:""',
  'agent:"Ünïcode, \\"x\\""',
  'type:usage.commit,deny',
  'type:other',
  '-model:mini,""',
  'model:"a \\"b\\" c"',
  'reason:""',
  'reason:"Upstream provider error"',
  'tool:adder',
  'execution:"run-1"',
  'execution:run-00',
  'execution:run-000,"run-2"',
  '-execution:""',
  'seq:10..40,>90',
  'cost:>0.0001..',
  'cost:""',
  '-cost:0..200µ',
  'reserved:>=0.002',
  'tokens:>50',
  'tokens:""',
  'day:2026-03-02',
  '-day:2026-03-03..',
  'at:2026-03-02T22:10:00Z..2026-03-03T01:00:00.000001Z',
  'outcome:open,denied',
  'outcome:"",unknown',
  'outcome:spent is:overrun,free',
  'UPSTREAM',
  'ünï',
  'run-1',
  '-budget "insufficient B"',
  'nowhere-to-be-found',
  '-nowhere-to-be-found',
];

const view = (over: Partial<LedgerView> = {}): LedgerView => ({
  agent: null,
  query: '',
  sort: 'newest',
  group: 'entries',
  open: [],
  days: false,
  ...over,
});

const spent = (rows: readonly PlainEntry[]): number =>
  rows.reduce((sum, { type, amount }) => sum + (type === 'usage.commit' ? amount || 0 : 0), 0);

const daysOf = (lines: readonly ViewLine[]): readonly DayRow[] =>
  lines.flatMap((line) => (line.line === 'day' ? [line.day] : []));

describe.each(seeds)('a view of a random ledger of seed %i', (seed) => {
  const entries = randomEntries(seed, 120);
  const columns = columnsOf(entries);
  const facts = factsFor(entries, seed);
  const all = (over: Partial<LedgerView>): readonly ViewLine[] => {
    const made = makeView(columns, view(over), facts);
    return linesAt(columns, made, facts, 0, made.total);
  };

  it.each(QUERIES)('has the entries and sums of: %s', (query) => {
    const { filter, problems } = parseLedgerQuery(query);
    expect(problems.filter(() => !query.includes('..'))).toEqual([]);
    for (const agent of [null, 'coder', 'nobody']) {
      const wanted = plainMatches(entries, agent, filter, facts);
      const made = makeView(columns, view({ agent, query, sort: 'oldest' }), facts);
      const found = linesAt(columns, made, facts, 0, made.total).map((line) =>
        line.line === 'entry' ? entries[line.row] : null,
      );
      expect(found).toEqual(wanted);
      const commits = wanted.filter((entry) => plainKind(entry) === 'commit');
      const sum = (value: (entry: PlainEntry) => number): number =>
        commits.reduce((total, entry) => total + (value(entry) || 0), 0);
      expect(made.sums).toEqual({
        entries: wanted.length,
        executions: new Set(wanted.flatMap(({ execution }) => execution ?? [])).size,
        spentMicro: sum((entry) => entry.amount),
        commits: commits.length,
        releases: wanted.filter((entry) => plainKind(entry) === 'release').length,
        denials: wanted.filter((entry) => ['deny', 'policy'].includes(plainKind(entry))).length,
        promptTokens: sum((entry) => entry.prompt),
        completionTokens: sum((entry) => entry.completion),
      });
    }
  });

  it('puts the newest first, and the odd ones before them where asked', () => {
    const newest = all({}).map((line) => (line.line === 'entry' ? entries[line.row]! : null));
    expect(newest).toEqual(entries.toReversed());
    const odd = all({ sort: 'odd' }).map((line) => (line.line === 'entry' ? entries[line.row]! : null));
    const rank = (entry: PlainEntry): number => {
      const found = facts.findings.get(entry.seq);
      if (found !== undefined) return ['error', 'warning', 'notice'].indexOf(found);
      const open = plainMatches(entries, null, parseLedgerQuery('is:open').filter, facts).includes(entry);
      return entry.flags !== 0 || open ? 3 : 4;
    };
    expect(odd).toEqual(entries.toReversed().toSorted((a, b) => rank(a) - rank(b)));
  });

  it('puts the dearest first where asked', () => {
    const dearest = all({ sort: 'dearest', days: true }).map((line) =>
      line.line === 'entry' ? entries[line.row]! : null,
    );
    expect(dearest).toEqual(entries.toReversed().toSorted((a, b) => spent([b]) - spent([a])));
    const groups = all({ sort: 'dearest', group: 'executions' }).flatMap((line) => {
      if (line.line === 'entry') return [spent([entries[line.row]!])];
      if (line.line !== 'group') return [];
      return [spent(entries.filter(({ execution }) => execution === line.group.executionId))];
    });
    expect(groups).toEqual(groups.toSorted((a, b) => b - a));
    expect(groups[0]).toBeGreaterThan(0);
  });

  it('has one line for each execution, at its newest entry', () => {
    for (const query of ['', 'is:denied,overrun', 'type:reserve', 'agent:planner']) {
      const matches = plainMatches(entries, null, parseLedgerQuery(query).filter, facts).toReversed();
      const wanted: string[] = [];
      for (const entry of matches) {
        const key = entry.execution ?? `#${entry.seq}`;
        if (!wanted.includes(key)) wanted.push(key);
      }
      for (const sort of ['newest', 'oldest'] as const) {
        const found = all({ query, group: 'executions', sort }).map((line) =>
          line.line === 'group'
            ? line.group.executionId
            : line.line === 'entry'
              ? `#${entries[line.row]!.seq}`
              : '',
        );
        expect(found).toEqual(sort === 'newest' ? wanted : wanted.toReversed());
      }
    }
  });

  it('says of a group what its entries say, and unfolds it', () => {
    const groups = all({ group: 'executions' }).flatMap((line) =>
      line.line === 'group' ? [line.group] : [],
    );
    expect(groups.length).toBeGreaterThan(20);
    for (const group of groups) {
      const own = entries.filter((entry) => entry.execution === group.executionId);
      expect(group.rows.map((row) => entries[row])).toEqual(own);
      expect(group).toMatchObject({
        entries: own.length,
        firstSeq: own[0]!.seq,
        lastSeq: own.at(-1)!.seq,
        outcome: plainOutcome(entries, group.executionId),
        costMicro: own.find((entry) => plainKind(entry) === 'commit' && entry.amount >= 0)?.amount ?? null,
        isOpen: false,
      });
    }
    const open = groups.filter((_, at) => at % 3 === 0).map((group) => group.executionId);
    const lines = all({ group: 'executions', open: [...open, 'not-there'] });
    const inside = lines.filter((line) => line.line === 'entry' && line.inGroup);
    expect(inside).toHaveLength(
      entries.filter(({ execution }) => execution !== null && open.includes(execution)).length,
    );
    for (const [at, line] of lines.entries()) {
      if (line.line !== 'group') continue;
      expect(line.group.isOpen).toBe(open.includes(line.group.executionId));
      const below = lines.slice(at + 1, at + 1 + line.group.entries);
      if (line.group.isOpen)
        expect(below).toEqual(
          line.group.rows.toReversed().map((row) => ({ line: 'entry', row, inGroup: true })),
        );
    }
  });

  it('has day lines that add up to the view', () => {
    for (const group of ['entries', 'executions'] as const)
      for (const sort of ['newest', 'oldest'] as const)
        for (const query of ['', 'type:commit', 'is:denied']) {
          const made = makeView(columns, view({ group, sort, query, days: true }), facts);
          const lines = linesAt(columns, made, facts, 0, made.total);
          let day: string | null = null;
          let undated = 0;
          const total = { entries: 0, spentMicro: 0, denials: 0 };
          for (const line of lines) {
            if (line.line === 'day') {
              expect(line.day.day).not.toBe(day);
              ({ day } = line.day);
              total.entries += line.day.entries;
              total.spentMicro += line.day.spentMicro;
              total.denials += line.day.denials;
            } else if (line.line !== 'gone') {
              const row =
                line.line === 'entry'
                  ? line.row
                  : Math.max(
                      ...rowsOfQuery(columns, query, facts).filter((one) => line.group.rows.includes(one)),
                    );
              const { micros } = entries[row]!;
              if (Number.isNaN(micros)) undated += day === null ? 1 : 0;
              else expect(textFromDays(Math.floor(micros / 86_400e6))).toBe(day);
            }
          }
          if (undated > 0) continue;
          const { entries: count, spentMicro, denials } = made.sums;
          expect(total).toEqual({ entries: count, spentMicro, denials });
        }
  });

  it('says what the whole of a day comes to where a query leaves out some of it', () => {
    for (const group of ['entries', 'executions'] as const)
      for (const agent of [null, 'coder']) {
        const whole = daysOf(all({ days: true, group, agent }));
        expect(whole.every((day) => day.whole === null)).toBe(true);
        for (const query of ['type:commit', 'is:denied', 'day:2026-03-02']) {
          const days = daysOf(all({ days: true, group, agent, query }));
          for (const { day, whole: said } of days) {
            const sum = (list: readonly DayRow[], key: 'entries' | 'spentMicro' | 'denials'): number =>
              list.filter((one) => one.day === day).reduce((total, one) => total + one[key], 0);
            if (sum(days, 'entries') >= sum(whole, 'entries')) expect(said).toBeNull();
            else
              expect(said).toEqual({
                entries: sum(whole, 'entries'),
                spentMicro: sum(whole, 'spentMicro'),
                denials: sum(whole, 'denials'),
              });
          }
        }
      }
  });

  it('finds the line of every entry', () => {
    for (const sort of LEDGER_SORTS)
      for (const group of ['entries', 'executions'] as const) {
        const ids = [...new Set(entries.flatMap(({ execution }) => execution ?? []))];
        const open = ids.filter((_, at) => at % 2 === 0);
        const made = makeView(columns, view({ sort, group, open, days: true }), facts);
        const lines = linesAt(columns, made, facts, 0, made.total);
        for (const [row, { seq, execution }] of entries.entries()) {
          const line = lines[locateSeq(columns, made, seq)!]!;
          if (line.line === 'entry') expect(line.row).toBe(row);
          else {
            expect(line).toMatchObject({ line: 'group', group: { executionId: execution, isOpen: false } });
          }
        }
        expect(locateSeq(columns, made, -5)).toBeNull();
      }
  });

  it('has facets whose queries give just their entries', () => {
    const odd = facetsOf(columns, { agent: null, query: '', key: 'is' }, facts);
    expect(odd.map(({ value }) => value)).toEqual(IS_WORDS.map(({ value }) => value));
    expect(odd.filter(({ entries: some }) => some > 0).length).toBeGreaterThan(5);
    for (const query of ['', 'agent:coder -type:dispatch', 'type:commit,reserve', 'is:finding tool:adder'])
      for (const key of LEDGER_FACETS)
        for (const agent of [null, 'planner']) {
          const facets = facetsOf(columns, { agent, query, key }, facts);
          for (const facet of facets) {
            const made = makeView(columns, view({ agent, query: facet.query }), facts);
            expect(made.problems).toEqual([]);
            expect(
              { entries: made.sums.entries, spentMicro: made.sums.spentMicro },
              `${key} of ${facet.query}`,
            ).toEqual({ entries: facet.entries, spentMicro: facet.spentMicro });
          }
        }
  });

  it('has the balances of the replay, without agents that have no budget in what is available', () => {
    const of = new Map<string, { spent: number; reserved: number }>();
    const ofAll = balancesOf(columns, null, facts);
    for (const [row, entry] of entries.entries()) {
      if (entry.agent !== null) {
        const own = balancesOf(columns, entry.agent, facts)(row);
        const budget = facts.budgets.get(entry.agent);
        of.set(entry.agent, { spent: own.spentMicro, reserved: own.reservedMicro });
        expect(own.availableMicro).toBe(
          budget === undefined ? null : budget - own.spentMicro - own.reservedMicro,
        );
      }
      let available = 0;
      for (const [agent, budget] of facts.budgets)
        available += budget - (of.get(agent)?.spent ?? 0) - (of.get(agent)?.reserved ?? 0);
      expect(ofAll(row).availableMicro).toBe(available);
      const delta = deltasAt(columns, row);
      const kind = plainKind(entry);
      const moves = entry.agent !== null;
      expect(delta.spentMicro).toBe(moves && kind === 'commit' ? entry.amount || 0 : 0);
      if (moves && kind === 'reserve') expect(delta.reservedMicro).toBe(entry.estimated);
    }
    expect(balancesOf(columns, null, { ...facts, budgets: new Map() })(3).availableMicro).toBeNull();
  });
});
