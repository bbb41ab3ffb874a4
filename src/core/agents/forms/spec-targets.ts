import { readYaml } from '../../yaml/yaml.ts';
import { isMap } from '../../yaml/yaml-value.ts';
import type { YamlValue } from '../../yaml/yaml-value.ts';
import type { Bind } from './bind.ts';
import { section } from './bind.ts';
import type { FieldDef } from './define.ts';
import { newBlock, orderOf, pathsOf } from './header.ts';
import { blockRegions } from './regions.ts';
import type { Region } from './regions.ts';
import { valueAt } from './yaml-value-edit.ts';
import { mapTable, yamlSlots } from './yaml-slots.ts';
import { yamlSource } from './yaml-source.ts';
import type { YamlPath } from './yaml-tree.ts';

const weights: readonly FieldDef[] = [
  ['cost', 'Cost'],
  ['quality', 'Quality'],
  ['reliability', 'Reliability'],
].map(([id = '', label = '']) => ({
  id,
  label,
  help: 'Its share of the health score, between 0 and 1. The three sum up to 1.',
  type: 'number',
  at: ['scoring', 'weights', id],
  fallback: 'a third each',
  rules: { min: 0, max: 1 },
}));

type Metric = readonly [id: string, axis: string, label: string, target: string, band: string, floor: string];
const metrics: readonly Metric[] = [
  ['spend_vs_trend', 'cost', 'Spending against its trend', '0.05', '0.02', '0.50'],
  ['pass_rate', 'quality', 'Passed evals', '0.80', '0.10', '0'],
  ['hard_fail_rate', 'quality', 'Hard fails', '0', '0.05', '0.50'],
  ['error_rate', 'reliability', 'Errors', '0', '0.05', '0.40'],
  ['blocked_rate', 'reliability', 'Blocked runs', '0', '0.05', '0.30'],
  ['skipped_rate', 'reliability', 'Skipped runs', '0', '0.05', '0.40'],
];

/** Metrics stand below their axis, or directly below `axes`; each keeps the form that it has. */
function metricFields(value: YamlValue): readonly FieldDef[] {
  return metrics.flatMap(([id, axis, label, target, band, floor]): readonly FieldDef[] => {
    const short = valueAt(value, ['scoring', 'axes', id]) !== undefined;
    const at: YamlPath = short ? ['scoring', 'axes', id] : ['scoring', 'axes', axis, id];
    return [
      {
        id: `${id}_target`,
        label: `${label}: target`,
        help: 'What should be reached, as a share: 0.05 is 5 %.',
        type: 'number',
        at: [...at, 'target'],
        fallback: target,
      },
      {
        id: `${id}_band`,
        label: `${label}: tolerance`,
        help: 'How far it may be off and still count as reached.',
        type: 'number',
        at: [...at, 'band'],
        fallback: band,
        rules: { min: 0 },
      },
      {
        id: `${id}_floor`,
        label: `${label}: worst`,
        help: 'From here on the score is 0.',
        type: 'number',
        at: [...at, 'floor'],
        fallback: floor,
      },
    ];
  });
}

const recommendations: readonly FieldDef[] = [
  {
    id: 'score_margin_floor',
    label: 'Margin of the score',
    help: 'How far above the pass mark the score must be before a cheaper model is suggested.',
    type: 'number',
    fallback: '0.5',
    rules: { min: 0 },
  },
  {
    id: 'pass_rate_margin_floor',
    label: 'Margin of passed evals',
    help: 'How far above its mark the share of passed evals must be.',
    type: 'number',
    fallback: '0.10',
    rules: { min: 0 },
  },
  {
    id: 'min_eval_n',
    label: 'Least evals',
    help: 'How many evals there must be before anything is suggested.',
    type: 'number',
    fallback: '10',
    rules: { min: 0, whole: true },
  },
  {
    id: 'min_savings_usd',
    label: 'Least saving',
    help: 'Dollars a month below which nothing is suggested.',
    type: 'money',
    fallback: '0',
    rules: { min: 0 },
  },
].map((def) => Object.assign(def, { at: ['recommendations', def.id] }) as FieldDef);
const workTypes: readonly FieldDef[] = [
  { id: 'name', label: 'Kind of work', help: 'The name of a kind of work.', type: 'text', required: true },
  {
    id: 'models',
    label: 'Models',
    help: 'Only these models are suggested for it.',
    type: 'lines',
    at: [],
    flow: true,
    required: true,
  },
];

const order = orderOf([
  ...pathsOf([], weights),
  ...pathsOf([], metricFields(null)),
  ...pathsOf([], recommendations),
  ['recommendations', 'work_type_allowed_models'],
]);

/** `targets.md` (formats/atomic-agents.md §2.22). Blocks are read in order; a key is changed in the last one that has it. */
export const targets: Bind = (text, about) => {
  const blocks = blockRegions(text).map((region) => ({
    region,
    read: readYaml(text.slice(region.start, region.end)),
  }));
  const last = (key: string): Region | null =>
    blocks.findLast(({ read }) => !read.ok || (isMap(read.value) && read.value.has(key)))?.region ??
    blocks.findLast(({ read }) => read.ok && isMap(read.value))?.region ??
    null;
  const scoring = yamlSource(text, last('scoring'), 'python', order, newBlock(text, null));
  const advice = yamlSource(text, last('recommendations'), 'python', order, newBlock(text, null));
  if (!scoring.ok || !advice.ok) {
    const problem = !scoring.ok ? scoring.problem : !advice.ok ? advice.problem : { message: '', line: 1 };
    return { ok: false, message: `A yaml block cannot be read: ${problem.message}.`, line: problem.line };
  }
  return {
    ok: true,
    sections: [
      section(
        'weights',
        'Weights',
        'How much each side counts for the health score.',
        yamlSlots(scoring.source, [], weights, about),
      ),
      section(
        'metrics',
        'Marks',
        'Against what each figure is measured.',
        yamlSlots(scoring.source, [], metricFields(scoring.source.value), about),
      ),
      section(
        'advice',
        'Suggestions',
        'When a cheaper model is suggested.',
        yamlSlots(advice.source, [], recommendations, about),
      ),
      section(
        'work_types',
        'Models for kinds of work',
        'Which models may be suggested for which work.',
        [],
        mapTable(
          advice.source,
          ['recommendations', 'work_type_allowed_models'],
          { rowName: 'kind of work', defs: workTypes, keep: 0 },
          about,
        ),
      ),
    ],
  };
};
