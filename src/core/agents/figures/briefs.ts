import type { AgentBrief, Attention, Health, Reliability, Running } from '../../../contract/fleet.ts';
import { rowId } from '../records/row.ts';
import type { AgentRecords } from '../records/table.ts';
import type { AgentSettings } from '../settings.ts';
import { spikeOf } from './attention.ts';
import { textOf } from './days.ts';
import { digestOf, lastUntil, sumOver } from './digest.ts';
import { gaugesOf } from './guardrails.ts';
import { microsOf } from './numbers.ts';
import { rangeQuery, agentTerm, query } from './queries.ts';
import { activityWeek, lastDay, recentOf } from './recent.ts';
import { stateWord } from './state-word.ts';
import { tsOf } from './row.ts';

/** What a brief says that is not made of records: the engine knows locks, files and escalations. */
export type BriefExtras = {
  readonly running: Running;
  readonly notLoaded: number;
  readonly toAnswer: number;
  readonly goals: AgentBrief['goals'];
};

export type BriefInput = {
  readonly records: AgentRecords;
  readonly settings: AgentSettings;
  readonly logOnly: boolean;
  readonly today: number;
  readonly nowMicros: number;
  readonly health: Health;
  readonly reliability: Reliability;
  readonly attention: readonly Attention[];
  readonly extras: BriefExtras;
};

/** One line about an agent, problems first (formats/atomic-agents.md §8). */
export function briefOf(input: BriefInput): AgentBrief {
  const { records, today, nowMicros, attention, extras, logOnly } = input;
  const digest = digestOf(records);
  const recent = recentOf(records, today, nowMicros);
  const [day, month] = gaugesOf(records, input.settings, today);
  const primary = lastUntil(records, digest.lastPrimary, digest.days, today);
  const micros = primary < 0 ? null : records.micros[primary]!;
  const { word, why } = stateWord({
    ...input,
    lastPrimaryMicros: micros,
    spike: spikeOf(digest, today)?.how ?? null,
  });
  const last = lastUntil(records, digest.lastRecord, digest.days, today);
  let bad = 0;
  for (const count of Object.values(records.badCounts)) bad += count;
  const { shown, band } = input.health;
  return {
    name: records.agent,
    logOnly,
    word: logOnly ? null : word,
    wordWhy: logOnly ? 'It has logs and no model.md, so the runtime does not take it for an agent.' : why,
    running: extras.running,
    records: records.count - digest.undated,
    badLines: bad,
    lastRun:
      last < 0
        ? null
        : {
            ts: tsOf(records, last),
            atMicros: records.micros[last]!,
            status: records.status.names[records.status.ids[last]!] ?? null,
            id: rowId(records, last),
          },
    today: day,
    month,
    health: logOnly || shown === null || band === null ? null : { shown, band },
    notLoaded: extras.notLoaded,
    toAnswer: extras.toAnswer,
    attention: attention.filter(({ state }) => state === 'open').length,
    goals: extras.goals,
    week: Array.from({ length: 7 }, (_, at) => {
      const of = { from: today - 6 + at, to: today - 6 + at };
      return {
        day: textOf(of.from),
        costMicros: microsOf(sumOver(digest, digest.all.nanos, of)),
        query: rangeQuery(records.agent, of, false),
      };
    }),
    errors24h: {
      value: recent.errors24h,
      query: query(agentTerm(records.agent), lastDay(today, nowMicros).term, 'status:error'),
    },
    blocked7d: {
      value: recent.blocked7d,
      query: rangeQuery(records.agent, activityWeek(today), false, 'is:blocked'),
    },
  };
}
