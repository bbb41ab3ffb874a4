import type {
  CapGauge,
  CostDay,
  CostDimension,
  CostGroup,
  CostReport,
  Counting,
} from '../../../contract/costs.ts';
import type { RecordRow } from '../../../contract/records.ts';
import { limits } from '../../storage/limits.ts';
import type { AgentFolder } from '../folder.ts';
import { rateOf } from '../prices.ts';
import { readSettings } from '../settings.ts';
import { NO_DAY } from '../records/table.ts';
import type { AgentRecords, RecordTables } from '../records/table.ts';
import { scanCosts } from './costs-scan.ts';
import type { CostScan, GroupScan } from './costs-scan.ts';
import { dayOf, monthBefore, textOf } from './days.ts';
import type { Span } from './days.ts';
import { digestOf, slotFrom } from './digest.ts';
import { forecastOf } from './forecast.ts';
import { gaugesOf } from './guardrails.ts';
import { helperSavings } from './helpers.ts';
import { microsOf, roundEven } from './numbers.ts';
import { agentTerm, query, rangeQuery, term } from './queries.ts';
import { suggestedCaps } from './suggested.ts';
import { addSum, nothing, sumOf, sumOfSpan } from './sums.ts';
import type { Adding } from './sums.ts';

export type CostInput = {
  readonly agent: string | null;
  readonly range: { readonly from: string; readonly to: string };
  readonly by: CostDimension;
  readonly counting: Counting;
  readonly today: string;
  /** whether the clock is past `today`: a day that is over is not estimated any more */
  readonly todayIsOver: boolean;
  /** the rows of a query that cost most */
  readonly top: (query: string, count: number) => readonly RecordRow[];
};

/** Runs that a report lists: upstream lists 5 of a fleet and 10 of an agent. */
const TOP_RUNS = 10;
/** Of how many months the trend is. */
const MONTHS = 12;
/** What one record may say it cost, for words. */
const MOST = `$${limits.agentCostUsd.toLocaleString('en-US')}`;

/** The cost report of one agent or of all (formats/atomic-agents.md §4–§7). Every figure has the query of its records. */
export function costReport(tables: RecordTables, folder: AgentFolder, input: CostInput): CostReport {
  const { agent, by, counting } = input;
  const today = dayOf(input.today) ?? NO_DAY;
  const span: Span = { from: dayOf(input.range.from) ?? 0, to: dayOf(input.range.to) ?? 0 };
  const once = counting === 'once';
  const agents = tables.agents.filter((records) => agent === null || records.agent === agent);
  const scan = scanCosts(tables, { agent, span, by, once });
  const ask = (...more: string[]): string => rangeQuery(agent, span, once, ...more);
  const over = (of: Span): Adding => {
    const sum = nothing();
    for (const records of agents) addSum(sum, sumOfSpan(digestOf(records), of, once));
    return sum;
  };
  const named = (of: Span & { readonly name: string }) => ({
    ...sumOf(over(of)),
    query: rangeQuery(agent, of, once),
    name: of.name,
  });
  const month = monthBefore(today, 0);
  const thisMonth = { ...month, to: today };
  const months = Array.from({ length: MONTHS }, (_, at) => monthBefore(today, MONTHS - 1 - at));
  const { forecast, why } = forecastOf(
    today,
    firstDay(agents),
    (day) => over({ from: day, to: day }).nanos,
    input.todayIsOver,
  );
  const recorded = agent === null ? null : suggestionDays(agents, today);
  const capped = recorded === null ? noFleetCaps : suggestedCaps(recorded);
  return {
    today: input.today,
    agent,
    range: input.range,
    counting,
    by,
    query: ask(),
    sum: sumOf(scan.sum),
    todaySum: {
      ...sumOf(over({ from: today, to: today })),
      query: rangeQuery(agent, { from: today, to: today }, once),
    },
    month: named(thisMonth),
    lastMonth: named(monthBefore(today, 1)),
    forecast,
    noForecast: why,
    doubled: doubledOf(scan, agent, span, once),
    caps: agents.flatMap((records): CapGauge[] =>
      gaugesOf(records, readSettings(folder, records.agent), today),
    ),
    groups: groupsOf(scan, by, ask),
    days: daysOf(scan, agent, once),
    months: months.map((of) => monthOfReport(over, agent, once, of, today)),
    top: input.top(ask(), TOP_RUNS),
    cache: cacheOf(scan, ask('is:cached')),
    helpers: helperSavings(agents, span, thisMonth, ask('trigger:helper')),
    failed: { ...sumOf(scan.failed), query: ask('status:error') },
    blocked: { ...sumOf(scan.blocked), query: ask('is:blocked') },
    judge: { ...sumOf(scan.judge), query: ask('source:judge') },
    recomputed: recomputedOf(scan, ask),
    unpriced: [...scan.unpriced]
      .map(([model, sum]) => Object.assign(sumOf(sum), { model, query: ask(term('model', model)) }))
      .toSorted((a, b) => b.costMicros - a.costMicros || compare(a.model, b.model)),
    ...capped,
    leftOut: leftOutOf(agents, agent, scan, span, once),
  };
}

function monthOfReport(
  over: (of: Span) => Adding,
  agent: string | null,
  once: boolean,
  of: Span & { readonly name: string },
  today: number,
): CostReport['months'][number] {
  const cut = { from: of.from, to: Math.min(of.to, today) };
  return { ...sumOf(over(cut)), month: of.name, query: rangeQuery(agent, cut, once) };
}

const noFleetCaps = {
  suggested: null,
  noSuggestion: 'Caps hold for one agent: choose one to see what would suit it.',
};

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function firstDay(agents: readonly AgentRecords[]): number | null {
  const days = agents.flatMap((records) => [...digestOf(records).days.subarray(0, 1)]);
  return days.length === 0 ? null : Math.min(...days);
}

/** The days that upstream looks at: those of twelve times 31 days before the month, as logged. */
function suggestionDays(
  agents: readonly AgentRecords[],
  today: number,
): { readonly day: number; readonly micros: number }[] {
  const from = monthBefore(monthBefore(today, 0).from - MONTHS * 31, 0).from;
  return agents.flatMap((records) => {
    const digest = digestOf(records);
    const days: { day: number; micros: number }[] = [];
    for (let slot = slotFrom(digest, from); slot < digest.days.length; slot++) {
      const day = digest.days[slot]!;
      if (day <= today) days.push({ day, micros: microsOf(digest.all.nanos[slot]!) });
    }
    return days;
  });
}

function doubledOf(scan: CostScan, agent: string | null, span: Span, once: boolean): CostReport['doubled'] {
  const counted = scan.sum.nanos;
  return {
    loggedMicros: microsOf(once ? counted + scan.mirrors.nanos : counted),
    onceMicros: microsOf(once ? counted : counted - scan.mirrors.nanos),
    mirrors: {
      value: scan.mirrors.lines + scan.mirrorsAlone.lines,
      query: rangeQuery(agent, span, false, 'is:mirror,mirror-alone'),
    },
    resolved: scan.mirrors.lines,
  };
}

function pricedState(group: GroupScan, by: CostDimension): CostGroup['priced'] {
  if (group.unpriced > 0 && group.unpriced >= group.costed) return 'unpriced';
  if (group.estimated > 0) return 'estimated';
  if (by === 'model' && rateOf(group.key) === null) {
    return group.key === '' || group.key === 'n/a' || group.costed === 0 ? 'none' : 'estimated';
  }
  return group.costed === 0 ? 'none' : 'priced';
}

function groupsOf(scan: CostScan, by: CostDimension, ask: (...more: string[]) => string): CostGroup[] {
  return listed(scan).map((group) =>
    Object.assign(sumOf(group.sum), {
      key: group.key,
      query: ask(term(by, group.key === '' ? null : group.key)),
      share: scan.sum.nanos === 0 ? 0 : group.sum.nanos / scan.sum.nanos,
      priced: pricedState(group, by),
    }),
  );
}

/** The groups that have records, the dearest first. */
function listed(scan: CostScan): GroupScan[] {
  return [...scan.groups.values()]
    .filter(({ sum }) => sum.lines > 0)
    .toSorted((a, b) => b.sum.nanos - a.sum.nanos || b.sum.lines - a.sum.lines || compare(a.key, b.key));
}

function daysOf(scan: CostScan, agent: string | null, once: boolean): CostDay[] {
  const groups = listed(scan);
  return [...scan.days]
    .toSorted(([a], [b]) => a - b)
    .map(([day, sum]) =>
      Object.assign(sumOf(sum), {
        day: textOf(day),
        query: rangeQuery(agent, { from: day, to: day }, once),
        parts: groups.flatMap(({ key, days }) => {
          const part = days.get(day);
          return part === undefined ? [] : [{ key, costMicros: microsOf(part.nanos), lines: part.lines }];
        }),
      }),
    );
}

function cacheOf(scan: CostScan, asked: string): CostReport['cache'] {
  const { hit, miss } = scan;
  let tenths = 0;
  for (const [model, tokens] of scan.hits) tenths += tokens * (rateOf(model)?.inNanos ?? 0) * 9;
  return {
    hit,
    miss,
    hitPercent: hit + miss === 0 ? null : roundEven((hit / (hit + miss)) * 100, 1),
    savedMicros: microsOf(tenths / 10),
    query: asked,
  };
}

function recomputedOf(scan: CostScan, ask: (...more: string[]) => string): CostReport['recomputed'] {
  const total = { lines: 0, nanos: 0, recomputed: 0, differing: 0 };
  for (const model of scan.models.values()) {
    total.lines += model.lines;
    total.nanos += model.nanos;
    total.recomputed += model.recomputed;
    total.differing += model.differing;
  }
  return {
    loggedMicros: microsOf(total.nanos),
    recomputedMicros: microsOf(total.recomputed),
    compared: total.lines,
    differing: { value: total.differing, query: ask('is:differs') },
    byModel: [...scan.models]
      .filter(([, { lines }]) => lines > 0)
      .map(([model, one]) => ({
        model,
        lines: one.lines,
        loggedMicros: microsOf(one.nanos),
        recomputedMicros: microsOf(one.recomputed),
        differing: one.differing,
        query: ask(term('model', model), '-cost:""', '-is:bad-cost'),
      }))
      .toSorted((a, b) => b.loggedMicros - a.loggedMicros || compare(a.model, b.model)),
  };
}

function leftOutOf(
  agents: readonly AgentRecords[],
  agent: string | null,
  scan: CostScan,
  span: Span,
  once: boolean,
): CostReport['leftOut'] {
  let undated = 0;
  let bad = 0;
  for (const records of agents) {
    undated += digestOf(records).undated;
    for (const count of Object.values(records.badCounts)) bad += count;
  }
  const lines: { readonly what: string; readonly lines: number; readonly query: string | null }[] = [
    {
      what: 'Delegated runs at their coordinator, which are counted at the agent that did them',
      lines: once ? scan.mirrors.lines : 0,
      query: rangeQuery(agent, span, false, 'is:mirror'),
    },
    {
      what: 'Records without a readable date: in no figure, but for the guardrails of the file they stand in',
      lines: undated,
      query: query(agentTerm(agent), 'is:undated'),
    },
    {
      what: `Records whose cost is no number, or over ${MOST}: counted with a cost of 0`,
      lines: scan.badCosts,
      query: rangeQuery(agent, span, once, 'is:bad-cost'),
    },
    { what: 'Lines that are no record', lines: bad, query: null },
  ];
  return lines.filter((entry) => entry.lines > 0);
}
