import { COST_DIMENSIONS, type CostDimension, type Counting } from '../../../contract/costs.ts';
import { SCALES, type Scale } from './chart/axis.ts';
import { PRESETS, rangeProblem, type Picked, type Preset } from './ranges.ts';

/** How costs of a source are shown. Kept for the source. */
export type CostSettings = {
  readonly picked: Picked;
  readonly by: CostDimension;
  /** of all agents, where delegated runs stand in two logs */
  readonly fleetCounting: Counting;
  /** of one agent: as its log says, so that its figures agree with those of its own tools (§4) */
  readonly agentCounting: Counting;
  readonly scale: Scale;
  /** the figures of the chart as a table in its place */
  readonly table: boolean;
};

const FIRST: CostSettings = {
  picked: { kind: '30d' },
  by: 'model',
  fleetCounting: 'once',
  agentCounting: 'logged',
  scale: 'linear',
  table: false,
};

const oneOf = <T>(list: readonly T[], value: unknown, otherwise: T): T =>
  list.find((item) => item === value) ?? otherwise;

/** What was kept, as far as it still means something. */
export function readSettings(text: string | null): CostSettings {
  if (text === null) return FIRST;
  let kept: Record<string, unknown>;
  try {
    kept = JSON.parse(text) as Record<string, unknown>;
  } catch {
    return FIRST;
  }
  return {
    picked: readPicked(kept['picked']) ?? FIRST.picked,
    by: oneOf(COST_DIMENSIONS, kept['by'], FIRST.by),
    fleetCounting: oneOf(['once', 'logged'] as const, kept['fleetCounting'], FIRST.fleetCounting),
    agentCounting: oneOf(['once', 'logged'] as const, kept['agentCounting'], FIRST.agentCounting),
    scale: oneOf(SCALES, kept['scale'], FIRST.scale),
    table: kept['table'] === true,
  };
}

function readPicked(value: unknown): Picked | null {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return null;
  const { kind } = value;
  if (PRESETS.some((preset) => preset === kind)) return { kind: kind as Preset };
  const { from, to } = value as { from?: unknown; to?: unknown };
  if (kind !== 'dates' || typeof from !== 'string' || typeof to !== 'string') return null;
  return rangeProblem(from, to) === null ? { kind: 'dates', from, to } : null;
}
