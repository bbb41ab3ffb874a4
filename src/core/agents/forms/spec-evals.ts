import type { Bind } from './bind.ts';
import { section } from './bind.ts';
import type { FieldDef } from './define.ts';
import { headerForm, headerSource, orderOf } from './header.ts';
import { mapTable, yamlSlots } from './yaml-slots.ts';

const rubricFields: readonly FieldDef[] = [
  {
    id: 'schema_version',
    label: 'Format',
    help: 'The version of the format.',
    type: 'number',
    fallback: '1',
    rules: { whole: true, min: 1 },
  },
  {
    id: 'agent',
    label: 'Agent',
    help: 'The agent that is judged.',
    type: 'agent',
    open: true,
    fallback: 'the agent of the folder',
  },
  {
    id: 'threshold_pass',
    label: 'Pass mark',
    help: 'The weighted score from 1 to 5 from which a test counts as passed.',
    type: 'number',
    fallback: '4.0',
    rules: { min: 1, max: 5 },
  },
];
const weight: readonly FieldDef[] = [
  {
    id: 'name',
    label: 'Dimension',
    help: 'What is judged, such as output_quality.',
    type: 'text',
    required: true,
    rules: { pattern: ['[A-Za-z_][A-Za-z0-9_-]*', 'is a name without blanks'] },
  },
  {
    id: 'weight',
    label: 'Weight',
    help: 'Its share of the score. All of them sum up to 100.',
    type: 'number',
    at: [],
    required: true,
    rules: { min: 0, max: 100 },
  },
];
const rubricOrder = orderOf([['schema_version'], ['agent'], ['weights'], ['threshold_pass']]);

/** The rubric of an agent's evals (§2.16). */
export const rubric: Bind = (text, about) => {
  const found = headerSource(text, rubricOrder);
  if (!found.ok)
    return {
      ok: false,
      message: `Its header is no YAML: ${found.problem.message}.`,
      line: found.problem.line,
    };
  const { source } = found;
  return {
    ok: true,
    sections: [
      section(
        'rubric',
        'The rubric',
        'When a test counts as passed.',
        yamlSlots(source, [], rubricFields, about),
      ),
      section(
        'weights',
        'Weights',
        'How much each dimension counts. Without any the evals do not run.',
        [],
        mapTable(source, ['weights'], { rowName: 'dimension', defs: weight, keep: 1 }, about),
        source.line(['weights']),
      ),
    ],
  };
};

/** The judge of an agent's evals (§2.16). */
export const evalJudge = headerForm([
  [
    'judge',
    'The judge',
    'Which model scores the answers, and how strictly.',
    [
      {
        id: 'agent',
        label: 'Agent',
        help: 'The agent that is judged.',
        type: 'agent',
        open: true,
        fallback: 'the agent of the folder',
      },
      {
        id: 'cross_family',
        label: 'Judges of another family',
        help: 'Models of another maker than the agent’s, the first one that can be reached is taken.',
        type: 'lines',
        at: ['recommended_judge', 'cross_family'],
        fallback: 'none',
      },
      {
        id: 'same_family_fallback',
        label: 'Judges of the same family',
        help: 'Models that are taken where no other can be reached.',
        type: 'lines',
        at: ['recommended_judge', 'same_family_fallback'],
        fallback: 'none',
      },
      {
        id: 'strict_mode',
        label: 'Strict',
        help: 'Whether doubt counts against the answer.',
        type: 'bool',
        fallback: 'on',
      },
      {
        id: 'audit_sample_pct',
        label: 'Share to audit',
        help: 'The share of judgements, 0 to 1, that a person should look at.',
        type: 'number',
        fallback: '0.10',
        rules: { min: 0, max: 1 },
      },
    ],
  ],
]);

/** A golden case of the evals (§2.16). */
export const evalGolden = headerForm([
  [
    'test',
    'The test',
    'Without id and category the evals leave it out.',
    [
      {
        id: 'agent',
        label: 'Agent',
        help: 'The agent that is tested.',
        type: 'agent',
        open: true,
        fallback: 'the agent of the folder',
      },
      {
        id: 'category',
        label: 'Category',
        help: 'What kind of case it is. It is the name of the folder, too.',
        type: 'choice',
        required: true,
        open: true,
        options: [
          ['happy', 'Happy', 'a usual request'],
          ['edge', 'Edge', 'an unusual one'],
          ['adversarial', 'Adversarial', 'someone tries to mislead the agent'],
          ['decline', 'Decline', 'the agent should say no'],
        ],
      },
      {
        id: 'test_id',
        label: 'Id',
        help: 'The name of the test, as its file is called.',
        type: 'text',
        required: true,
      },
      {
        id: 'created',
        label: 'Created on',
        help: 'The day on which it was written.',
        type: 'date',
        fallback: 'unknown',
      },
    ],
  ],
]);
