import type { FileFinding } from '../../../contract/agent-files.ts';
import { yamlBlocks } from '../text/fences.ts';
import { isMap } from '../../yaml/yaml-value.ts';
import type { YamlMap, YamlValue } from '../../yaml/yaml-value.ts';
import { plainNumber, scalarText } from './numbers.ts';

export const AXES = ['cost', 'quality', 'reliability'] as const;
export type AxisName = (typeof AXES)[number];

/** What one metric is measured against, and where that stands. */
export type MetricTarget = {
  readonly axis: AxisName;
  readonly better: 'lower' | 'higher';
  readonly target: number;
  readonly band: number;
  readonly floor: number;
  readonly from: string;
};

export type Targets = {
  readonly weights: Readonly<Record<AxisName, number>>;
  readonly weightsFrom: string;
  readonly metrics: Readonly<Record<string, MetricTarget>>;
  readonly recommendations: {
    readonly scoreMarginFloor: number;
    readonly passRateMarginFloor: number;
    readonly minEvalN: number;
    readonly minSavingsUsd: number;
    readonly workTypeAllowedModels: readonly {
      readonly workType: string;
      readonly models: readonly string[];
    }[];
  };
  readonly from: readonly string[];
  readonly problems: readonly FileFinding[];
};

const defaultMetric = (
  axis: AxisName,
  better: 'lower' | 'higher',
  target: number,
  band: number,
  floor: number,
): MetricTarget => ({ axis, better, target, band, floor, from: 'default' });

/** The targets of formats/atomic-agents.md §8. */
export const DEFAULT_METRICS: Readonly<Record<string, MetricTarget>> = {
  spend_vs_trend: defaultMetric('cost', 'lower', 0.05, 0.02, 0.5),
  pass_rate: defaultMetric('quality', 'higher', 0.8, 0.1, 0),
  hard_fail_rate: defaultMetric('quality', 'lower', 0, 0.05, 0.5),
  error_rate: defaultMetric('reliability', 'lower', 0, 0.05, 0.4),
  blocked_rate: defaultMetric('reliability', 'lower', 0, 0.05, 0.3),
  skipped_rate: defaultMetric('reliability', 'lower', 0, 0.05, 0.4),
};

/** A third each. */
export const DEFAULT_TARGETS: Targets = {
  weights: { cost: 1 / 3, quality: 1 / 3, reliability: 1 / 3 },
  weightsFrom: 'default',
  metrics: DEFAULT_METRICS,
  recommendations: {
    scoreMarginFloor: 0.5,
    passRateMarginFloor: 0.1,
    minEvalN: 10,
    minSavingsUsd: 0,
    workTypeAllowedModels: [],
  },
  from: [],
  problems: [],
};

/** A targets file by name and text. */
export type TargetsFile = { readonly path: string; readonly text: string };

/**
 * Reads `targets.md` and then `targets.override.md`. Each bad key falls back alone to what held before; weights must
 * lie in 0 to 1 and sum to 1 within a hundredth (formats/atomic-agents.md §2.22).
 */
export function parseTargets(files: readonly TargetsFile[]): Targets {
  const problems: FileFinding[] = [];
  let targets = DEFAULT_TARGETS;
  for (const { path, text } of files) {
    for (const block of yamlBlocks(text)) {
      const line = (key: string): number => {
        const at = block.text.split('\n').findIndex((row) => row.trimStart().startsWith(`${key}:`));
        return block.line + Math.max(at, 0);
      };
      const problem = (message: string, key: string): void => {
        problems.push({
          severity: 'warning',
          message: `${path}: ${message}`,
          hint: 'The default holds until it is mended.',
          line: line(key),
        });
      };
      if (block.problem !== null) problem(`a yaml block cannot be read: ${block.problem.message}.`, '');
      if (!isMap(block.value)) continue;
      targets = scoring(block.value.get('scoring'), targets, path, problem);
      targets = recommendations(block.value.get('recommendations'), targets, problem);
    }
  }
  return { ...targets, from: files.map(({ path }) => path), problems };
}

type Tell = (message: string, key: string) => void;

function scoring(value: YamlValue | undefined, before: Targets, path: string, problem: Tell): Targets {
  if (!isMap(value)) {
    if (value !== undefined && value !== null) problem('scoring holds no keys.', 'scoring');
    return before;
  }
  const weights = weightsOf(value.get('weights'), problem);
  return {
    ...before,
    ...(weights === null ? {} : { weights, weightsFrom: path }),
    metrics: axesOf(value.get('axes'), before.metrics, path, problem),
  };
}

function weightsOf(value: YamlValue | undefined, problem: Tell): Readonly<Record<AxisName, number>> | null {
  if (value === undefined || value === null) return null;
  if (!isMap(value)) {
    problem('weights holds no keys.', 'weights');
    return null;
  }
  const read = (axis: AxisName): number | null => plainNumber(value.get(axis));
  const cost = read('cost');
  const quality = read('quality');
  const reliability = read('reliability');
  if (cost === null || quality === null || reliability === null) {
    problem('weights lacks a number for cost, quality or reliability.', 'weights');
    return null;
  }
  const all = [cost, quality, reliability];
  if (all.some((weight) => !(weight >= 0 && weight <= 1))) {
    problem('a weight is not between 0 and 1.', 'weights');
    return null;
  }
  const sum = cost + quality + reliability;
  if (Math.abs(sum - 1) > 0.01 + 1e-9) {
    problem(`the weights sum to ${Math.round(sum * 1000) / 1000}, not to 1.`, 'weights');
    return null;
  }
  return { cost, quality, reliability };
}

/** Metrics stand below their axis, or directly below `axes`. */
function axesOf(
  value: YamlValue | undefined,
  before: Targets['metrics'],
  path: string,
  problem: Tell,
): Targets['metrics'] {
  if (!isMap(value)) {
    if (value !== undefined && value !== null) problem('axes holds no keys.', 'axes');
    return before;
  }
  const metrics: Record<string, MetricTarget> = { ...before };
  const readMetric = (name: string, raw: YamlValue): void => {
    const known = Object.hasOwn(metrics, name) ? metrics[name] : undefined;
    if (known === undefined) problem(`${name} is no metric.`, name);
    else if (!isMap(raw)) problem(`${name} holds no keys.`, name);
    else metrics[name] = metricOf(name, raw, known, path, problem);
  };
  for (const [key, raw] of value) {
    const name = scalarText(key) ?? '';
    if (!(AXES as readonly string[]).includes(name)) readMetric(name, raw);
    else if (!isMap(raw)) problem(`${name} holds no keys.`, name);
    else for (const [metric, inner] of raw) readMetric(scalarText(metric) ?? '', inner);
  }
  return metrics;
}

function metricOf(
  name: string,
  raw: YamlMap,
  known: MetricTarget,
  path: string,
  problem: Tell,
): MetricTarget {
  const number = (key: 'target' | 'band' | 'floor'): number => {
    const value = raw.get(key);
    if (value === undefined || value === null) return known[key];
    const read = plainNumber(value);
    if (read !== null && Number.isFinite(read) && (key !== 'band' || read >= 0)) return read;
    problem(`${name}.${key} is no usable number.`, key);
    return known[key];
  };
  const made = {
    ...known,
    target: number('target'),
    band: number('band'),
    floor: number('floor'),
    from: path,
  };
  const near = made.better === 'lower' ? made.target + made.band : made.target - made.band;
  const span = made.better === 'lower' ? made.floor - near : near - made.floor;
  if (span > 0) return made;
  problem(`${name} leaves no span between its target and its floor.`, name);
  return known;
}

function recommendations(value: YamlValue | undefined, before: Targets, problem: Tell): Targets {
  if (!isMap(value)) {
    if (value !== undefined && value !== null) problem('recommendations holds no keys.', 'recommendations');
    return before;
  }
  const number = (key: string, known: number): number => {
    const raw = value.get(key);
    if (raw === undefined || raw === null) return known;
    const read = plainNumber(raw);
    if (read !== null && read >= 0) return read;
    problem(`recommendations.${key} is no number of 0 or more.`, key);
    return known;
  };
  const { recommendations: known } = before;
  const allowed = value.get('work_type_allowed_models');
  return {
    ...before,
    recommendations: {
      scoreMarginFloor: number('score_margin_floor', known.scoreMarginFloor),
      passRateMarginFloor: number('pass_rate_margin_floor', known.passRateMarginFloor),
      minEvalN: number('min_eval_n', known.minEvalN),
      minSavingsUsd: number('min_savings_usd', known.minSavingsUsd),
      workTypeAllowedModels: isMap(allowed)
        ? Array.from(allowed, ([workType, models]) => ({
            workType: scalarText(workType) ?? '',
            models: Array.isArray(models) ? models.map((model) => scalarText(model) ?? '') : [],
          }))
        : known.workTypeAllowedModels,
    },
  };
}
