import { readAmendment, type AmendmentReading } from '../../../../core/agents/text/amendment.ts';
import { yamlLines } from '../../../../core/yaml/yaml-write.ts';
import { parseJson } from '../../../../core/json/parse.ts';
import { prettyJson } from '../../../../core/json/pretty.ts';

/** What a person may change of a proposal beside its arguments (formats/atomic-agents.md §11); empty: left as it is. */
export const AMEND_FIELDS = [
  ['judge_note', 'Why, for the judge', 'What the judge and the log are told about the change.'],
  ['tool_name', 'Another tool', 'The tool must be known to the agent, or nothing is done.'],
  ['target_audience', 'Audience', 'internal, or external: with the place.'],
  ['expected_consequence', 'Expected consequence', ''],
  ['rollback_path', 'Way back', ''],
] as const;
export type AmendKey = (typeof AMEND_FIELDS)[number][0] | 'reversibility' | 'evidence' | 'claim';

export type AmendForm = {
  /** YAML or JSON; null: as proposed */
  readonly args: string | null;
  readonly fields: Readonly<Partial<Record<AmendKey, string>>>;
};

export const FIRST_AMEND: AmendForm = { args: null, fields: {} };

/** The arguments as they are proposed, as YAML to begin with. */
export function argsText(argumentsText: string | null): string {
  const parsed = parseJson(argumentsText ?? '{}');
  return parsed.ok ? `${yamlLines(parsed.node).join('\n')}\n` : '';
}

/** The amendment that a form says, as YAML; `argsLine` is the line on which the arguments begin, 0 where there are none. */
export function composeAmendment({ args, fields }: AmendForm): {
  readonly text: string;
  readonly argsLine: number;
} {
  const entries: (readonly [string, string])[] = [];
  for (const [key] of AMEND_FIELDS) {
    const value = fields[key]?.trim() ?? '';
    if (value !== '') entries.push([key, value]);
  }
  if ((fields.reversibility ?? '') !== '') entries.push(['reversibility', fields.reversibility!]);
  const rows: string[] = entries.flatMap(([key, value]) => linesFor({ [key]: value }));
  const source = fields.evidence?.trim() ?? '';
  const claim = fields.claim?.trim() ?? '';
  if (source !== '' || claim !== '') {
    rows.push(...linesFor({ appended_evidence: [{ source, claim, provenance: 'confirmed' }] }));
  }
  if (args === null) return { text: rows.length === 0 ? '' : `${rows.join('\n')}\n`, argsLine: 0 };
  const given = args.trim() === '' ? ['{}'] : args.replaceAll(/\r\n?/g, '\n').replace(/\n+$/, '').split('\n');
  rows.push('tool_arguments:');
  const argsLine = rows.length + 1;
  rows.push(...given.map((row) => (row === '' ? '' : `  ${row}`)));
  return { text: `${rows.join('\n')}\n`, argsLine };
}

function linesFor(value: object): string[] {
  const parsed = parseJson(JSON.stringify(value));
  return parsed.ok ? Array.from(yamlLines(parsed.node)) : [];
}

export type Composed = {
  readonly text: string;
  /** `begun` false: nothing is wrong, and nothing was changed yet */
  readonly problem: { readonly message: string; readonly hint: string } | null;
  readonly begun: boolean;
  /** what the tool would be called with, as JSON; null where that is what was proposed */
  readonly argumentsText: string | null;
  readonly tool: string | null;
};

/** What a form comes to: the amendment as the runtime will read it, or why it would not take it. */
export function composed(form: AmendForm): Composed {
  const { text, argsLine } = composeAmendment(form);
  const none = { text, argumentsText: null, tool: null, begun: text !== '' };
  if (text === '') {
    return {
      ...none,
      problem: { message: 'Nothing is changed yet.', hint: 'Change something, or approve it as it is.' },
    };
  }
  const read = readAmendment(text);
  if (!read.ok) return { ...none, problem: problemOf(read, argsLine) };
  const { arguments: args, texts } = read.value;
  if (form.args !== null && args === null) {
    return {
      ...none,
      problem: {
        message: 'The arguments hold nothing, and the runtime would take those that were proposed.',
        hint: 'Write {} to call the tool without any.',
      },
    };
  }
  const evidence = [form.fields.evidence, form.fields.claim].some((one) => (one ?? '').trim() === '');
  if (read.value.evidence > 0 && evidence) {
    return {
      ...none,
      problem: { message: 'Evidence needs a source and what it says.', hint: 'Give both, or none.' },
    };
  }
  return {
    text,
    begun: true,
    problem: null,
    argumentsText: args === null ? null : prettyJson(args).text,
    tool: texts.get('tool_name') ?? null,
  };
}

function problemOf(read: AmendmentReading & { ok: false }, argsLine: number): Composed['problem'] {
  const { message, hint, line } = read.problem;
  const within = line !== null && argsLine > 0 && line >= argsLine;
  return { message: within ? `Line ${line - argsLine + 1}: ${message}` : message, hint };
}
