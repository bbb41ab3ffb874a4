import type { Health, Recommendation } from '../../../contract/fleet.ts';
import { costNanosAt, rateOf } from '../prices.ts';
import { FLAG } from '../records/table.ts';
import type { AgentRecords } from '../records/table.ts';
import type { Governance } from '../settings/governance.ts';
import type { Targets } from '../settings/targets.ts';
import { within } from './days.ts';
import { digestOf, rowsOfSpan } from './digest.ts';
import type { Span } from './days.ts';
import type { EvalWindow } from './evals.ts';
import { counted, microsOf, moneyWords, roundEven } from './numbers.ts';
import { rangeQuery, term } from './queries.ts';

/** Families from dear to cheap (formats/atomic-agents.md §9). */
const FAMILIES: readonly (readonly string[])[] = [
  ['claude-opus-4-8', 'claude-sonnet-4-6', 'claude-haiku-4-5'],
  ['claude-opus-4-7', 'claude-sonnet-4-6', 'claude-haiku-4-5'],
  ['claude-opus-4-7-20260101', 'claude-sonnet-4-6-20260101', 'claude-haiku-4-5-20251001'],
  ['gpt-5', 'gpt-5-mini', 'gpt-5-nano'],
  [
    'vertex/gemini-2.5-pro',
    'vertex/gemini-2.5-flash',
    'vertex/gemini-2.0-flash',
    'vertex/gemini-2.0-flash-lite',
  ],
];

/** What a score is out of. */
const BEST_SCORE = 5;
const DEFAULT_THRESHOLD = 4;

export type RecommendationInput = {
  readonly records: AgentRecords;
  readonly today: number;
  readonly defaultModel: string;
  readonly evals: EvalWindow;
  readonly threshold: number | null;
  readonly health: Health;
  readonly governance: Governance;
  readonly rules: Targets['recommendations'];
};

/** What could be done about an agent, with the reasons for and against, the most points of score first, then dollars. */
export function recommendationsOf(input: RecommendationInput): Recommendation[] {
  return sortRecommendations(
    [cheaperModel(input), quality(input), governance(input)].filter((one) => one !== null),
  );
}

/** Ranked by points of score, other by dollars. */
export function sortRecommendations(all: readonly Recommendation[]): Recommendation[] {
  return all.toSorted(
    (a, b) => (b.points ?? 0) - (a.points ?? 0) || (b.savesMicros ?? 0) - (a.savesMicros ?? 0),
  );
}

/** The next cheaper model of the same family; null: there is none. */
export function cheaperOf(model: string): string | null {
  for (const family of FAMILIES) {
    const at = family.indexOf(model);
    if (at >= 0) return family[at + 1] ?? null;
  }
  return null;
}

function cheaperModel(input: RecommendationInput): Recommendation | null {
  const { evals, rules } = input;
  const cheaper = cheaperOf(input.defaultModel);
  if (cheaper === null || evals.meanScore === null || evals.passRate === null) return null;
  const threshold = input.threshold ?? DEFAULT_THRESHOLD;
  const margin = evals.meanScore - threshold;
  const passMargin = evals.passRate - threshold / BEST_SCORE;
  const good =
    margin >= rules.scoreMarginFloor &&
    passMargin >= rules.passRateMarginFloor &&
    evals.hardFails === 0 &&
    evals.scorable >= rules.minEvalN;
  if (!good) return null;
  const span = { from: input.today - 30, to: input.today };
  const { now, other, lines } = reprice(input.records, span, input.defaultModel, cheaper);
  const saves = microsOf(now - other);
  if (saves <= 0 || saves < rules.minSavingsUsd * 1e6) return null;
  return {
    agent: input.records.agent,
    kind: 'cheaper-model',
    title: `Try ${cheaper} instead of ${input.defaultModel}`,
    reasons: [
      reason(
        `The mean score is ${roundEven(evals.meanScore, 2)}, ${roundEven(margin, 2)} above the ${threshold} that passes (wanted: ${rules.scoreMarginFloor}).`,
      ),
      reason(
        `${evals.passed} of ${evals.scorable} evals passed, ${roundEven(passMargin * 100, 1)} points above ${roundEven((threshold / BEST_SCORE) * 100, 1)} % (wanted: ${roundEven(rules.passRateMarginFloor * 100, 1)}).`,
      ),
      reason('No eval had a hard fail.'),
      reason(`${counted(evals.scorable, 'eval')} were judged (wanted: ${rules.minEvalN}).`),
      reason(
        `${counted(lines, 'primary run')} of the last 30 days cost ${moneyWords(microsOf(now))} by today's prices, and ${moneyWords(microsOf(other))} with the same tokens on ${cheaper}.`,
      ),
    ],
    savesMicros: saves,
    points: null,
    query: rangeQuery(input.records.agent, span, false, 'is:primary', term('model', input.defaultModel)),
  };
}

const reason = (text: string): Recommendation['reasons'][number] => ({ ok: true, text });

/** The primary runs on a model by today's prices, and with the same tokens on another. */
function reprice(
  records: AgentRecords,
  span: Span,
  from: string,
  to: string,
): { readonly now: number; readonly other: number; readonly lines: number } {
  const rate = rateOf(to);
  const id = records.model.names.indexOf(from);
  let [now, other, lines] = [0, 0, 0];
  if (rate === null || id < 0) return { now, other, lines };
  const rows = rowsOfSpan(digestOf(records), span);
  for (let row = rows.from; row < rows.to; row++) {
    if (records.model.ids[row] !== id || (records.flags[row]! & FLAG.primary) === 0) continue;
    if (!within(records.day[row]!, span)) continue;
    lines++;
    now += records.recomputedNanos[row]!;
    other += costNanosAt(
      rate,
      records.inputTokens[row]!,
      records.outputTokens[row]!,
      records.hitTokens[row]!,
    );
  }
  return { now, other, lines };
}

function quality(input: RecommendationInput): Recommendation | null {
  const axis = input.health.axes.find(({ name }) => name === 'quality');
  const low = axis?.metrics.filter(({ row }) => row === 'warn' || row === 'crit') ?? [];
  if (axis === undefined || axis.points === null || low.length === 0) return null;
  return {
    agent: input.records.agent,
    kind: 'quality',
    title: 'Read the evals that failed',
    reasons: low.map(({ how }) => ({ ok: false, text: how })),
    savesMicros: null,
    points: gain(input.health, axis.points, axis.weight),
    query: null,
  };
}

/** Points that the whole score would gain if one axis had 100, with what holds the score down gone. */
function gain(health: Health, points: number, weight: number): number | null {
  const present = health.axes.filter((axis) => axis.points !== null);
  const whole = present.reduce((sum, axis) => sum + axis.weight, 0);
  if (health.composite === null || whole === 0) return null;
  const mean = present.reduce((sum, axis) => sum + axis.points! * axis.weight, 0) / whole;
  return roundEven(mean + ((100 - points) * weight) / whole - health.composite, 1);
}

function governance(input: RecommendationInput): Recommendation | null {
  if (input.governance.state === 'VALID') return null;
  return {
    agent: input.records.agent,
    kind: 'governance',
    title: input.governance.state === 'NO_GOVERNANCE' ? 'Write a governance.md' : 'Mend governance.md',
    reasons: [{ ok: false, text: input.governance.why }],
    savesMicros: null,
    points: null,
    query: null,
  };
}
