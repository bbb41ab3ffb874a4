import { pythonFloat } from '../../json/canonical.ts';
import type { JsonNode, JsonObject } from '../../json/tree.ts';
import { pyRegExp } from './python-text.ts';
import { readYaml } from '../../yaml/yaml.ts';
import { isDate, isList, isMap, typeName, yamlText } from '../../yaml/yaml-value.ts';
import type { YamlMap, YamlValue } from '../../yaml/yaml-value.ts';

/** The yaml block of an amendment, as the runtime finds it in a resolution (formats/atomic-agents.md §11). */
export const amendmentBlock = pyRegExp('amendment\\s*:\\s*\\n+[ \\t]*```yaml\\s*\\n(.*?)\\n[ \\t]*```', 's');

export const REVERSIBILITIES = ['reversible', 'reversible_with_artifact', 'irreversible'] as const;
const TEXTS = [
  'judge_note',
  'tool_name',
  'target_audience',
  'expected_consequence',
  'rollback_path',
] as const;
const KEYS: readonly string[] = [...TEXTS, 'tool_arguments', 'reversibility', 'appended_evidence'];
const EVIDENCE: readonly string[] = ['source', 'claim', 'provenance', 'source_hash'];

/** An amendment as the runtime takes it. Null: left as it was proposed. */
type Amendment = {
  readonly texts: ReadonlyMap<(typeof TEXTS)[number], string>;
  readonly arguments: JsonObject | null;
  readonly reversibility: string | null;
  readonly evidence: number;
};

type AmendmentProblem = {
  readonly message: string;
  readonly hint: string;
  readonly line: number | null;
};
export type AmendmentReading =
  | { readonly ok: true; readonly value: Amendment }
  | { readonly ok: false; readonly problem: AmendmentProblem };

/** What Python's `textwrap.dedent` leaves. */
export function dedent(text: string): string {
  const rows = text.split('\n').map((row) => (/^[ \t]+$/.test(row) ? '' : row));
  let margin: string | null = null;
  for (const row of rows) {
    if (row === '') continue;
    const own = /^[ \t]*/.exec(row)![0];
    margin ??= own;
    let same = 0;
    while (same < margin.length && margin.charAt(same) === own.charAt(same)) same++;
    margin = margin.slice(0, same);
  }
  const cut = margin?.length ?? 0;
  return rows.map((row) => row.slice(cut)).join('\n');
}

/**
 * The text of an amendment as it stands in a file: indented, blank lines empty. The runtime takes the line end before
 * the closing fence for its own, so that a block of text at the end needs an empty line to keep the one that it ends with.
 */
export function indented(text: string): readonly string[] {
  const rows = text.replaceAll(/\r\n?/g, '\n').replace(/\n+$/, '').split('\n');
  const block = rows.some((row) => /[|>][-+\d]*[ \t]*(?:#.*)?$/.test(row));
  return [...rows.map((row) => (row === '' ? '' : `  ${row}`)), ...(block ? [''] : [])];
}

/** Reads what a person wrote for an amendment as the runtime will read it from the file. */
export function readAmendment(text: string): AmendmentReading {
  const rows = indented(text);
  const fence = rows.findIndex((row) => /^[ \t]*```/.test(row));
  if (fence !== -1) {
    return no(
      'A line begins with ```, which would end the amendment there.',
      'Put the text in double quotes, with \\n for its line ends.',
      fence + 1,
    );
  }
  // oxlint-disable-next-line no-control-regex -- they are what is looked for
  const cut = rows.findIndex((row) => /[\u000b\u000c\u001c-\u001e\u0085\u2028\u2029]/.test(row));
  if (cut !== -1) {
    return no(
      'A line holds a character that ends a line for the runtime.',
      'Write it in double quotes as an escape, such as \\u2028.',
      cut + 1,
    );
  }
  const half = rows.findIndex((row) => /\\u[dD][89a-fA-F][0-9a-fA-F]{2}/.test(row) || !row.isWellFormed());
  if (half !== -1) {
    return no(
      'A character is written as two halves (\\ud83d…), which the runtime can’t put together.',
      'Write the character itself.',
      half + 1,
    );
  }
  if (text.trim() === '') return no('The amendment is empty.', 'Say what is to be changed.', null);
  const read = readYaml(dedent(rows.join('\n')));
  if (!read.ok)
    return no(`${read.problem.message}.`, 'Mend it: the runtime would refuse it.', read.problem.line);
  if (!isMap(read.value)) {
    return no(
      `The amendment holds ${typeName(read.value)} instead of keys.`,
      `It may hold: ${KEYS.join(', ')}.`,
      null,
    );
  }
  return amendmentOf(read.value, read.lines);
}

function amendmentOf(value: YamlMap, lines: ReadonlyMap<string, number>): AmendmentReading {
  const odd = Array.from(value.keys()).find((key) => typeof key !== 'string' || !KEYS.includes(key));
  if (odd !== undefined) {
    const name = yamlText(odd);
    return no(
      `The amendment holds the unknown key ${name}.`,
      `The runtime refuses any key but: ${KEYS.join(', ')}.`,
      lines.get(name) ?? null,
    );
  }
  const texts = new Map<(typeof TEXTS)[number], string>();
  for (const key of TEXTS) {
    const one = value.get(key) ?? null;
    if (one === null) continue;
    if (typeof one !== 'string') {
      return no(
        `${key} is ${typeName(one)} to YAML, and has to be a text.`,
        'Put it in quotes.',
        lines.get(key) ?? null,
      );
    }
    texts.set(key, one);
  }
  const reversibility = value.get('reversibility') ?? null;
  if (reversibility !== null && !(REVERSIBILITIES as readonly unknown[]).includes(reversibility)) {
    return no(
      `reversibility is “${yamlText(reversibility)}”.`,
      `It can be: ${REVERSIBILITIES.join(', ')}.`,
      lines.get('reversibility') ?? null,
    );
  }
  const evidence = value.get('appended_evidence') ?? null;
  const bad = evidenceProblem(evidence);
  if (bad !== null) return no(bad, '', lines.get('appended_evidence') ?? null);
  const given = value.get('tool_arguments') ?? null;
  if (given !== null && !isMap(given)) {
    return no(
      `tool_arguments is ${typeName(given)}, and has to be keys with values.`,
      'Write one “key: value” a line.',
      lines.get('tool_arguments') ?? null,
    );
  }
  const made = given === null ? null : jsonOfYaml(given, 'tool_arguments');
  if (made !== null && 'message' in made) {
    return no(made.message, made.hint, lines.get('tool_arguments') ?? null);
  }
  return {
    ok: true,
    value: {
      texts,
      arguments: made as JsonObject | null,
      reversibility: reversibility as string | null,
      evidence: isList(evidence ?? undefined) ? (evidence as readonly YamlValue[]).length : 0,
    },
  };
}

function evidenceProblem(evidence: YamlValue): string | null {
  if (evidence === null) return null;
  if (!isList(evidence)) return `appended_evidence is ${typeName(evidence)}, and has to be a list.`;
  for (const item of evidence) {
    if (!isMap(item))
      return `An item of appended_evidence is ${typeName(item)}, and has to be keys with values.`;
    const odd = Array.from(item.keys()).find((key) => typeof key !== 'string' || !EVIDENCE.includes(key));
    if (odd !== undefined) return `An item of appended_evidence holds the unknown key ${yamlText(odd)}.`;
    const lacks = EVIDENCE.slice(0, 3).find((key) => typeof item.get(key) !== 'string');
    if (lacks !== undefined) return `An item of appended_evidence has no text as its ${lacks}.`;
    const hash = item.get('source_hash') ?? null;
    if (hash !== null && typeof hash !== 'string') return 'A source_hash of appended_evidence is no text.';
  }
  return null;
}

type NoJson = { readonly message: string; readonly hint: string };

/** The value as JSON, which is how the runtime hashes, logs and hands on the arguments. */
function jsonOfYaml(value: YamlValue, where: string): JsonNode | NoJson {
  if (value === null) return { kind: 'null' };
  if (typeof value === 'boolean') return { kind: 'bool', value };
  if (typeof value === 'bigint') return { kind: 'int', text: String(value) };
  if (typeof value === 'string') return { kind: 'string', value };
  if (typeof value === 'number') {
    if (Number.isFinite(value)) return { kind: 'float', text: pythonFloat(value) };
    return { message: `${where} is no finite number.`, hint: 'The runtime takes no NaN and no infinity.' };
  }
  if (isDate(value)) {
    return {
      message: `${where} is a date to YAML (${value.text}), which the runtime can’t hand to a tool.`,
      hint: 'Put it in quotes.',
    };
  }
  if (isList(value)) {
    const items: JsonNode[] = [];
    for (const [i, item] of value.entries()) {
      const made = jsonOfYaml(item, `${where}[${i}]`);
      if ('message' in made) return made;
      items.push(made);
    }
    return { kind: 'array', items };
  }
  const entries: { readonly key: string; readonly value: JsonNode }[] = [];
  for (const [key, item] of value) {
    if (typeof key !== 'string') {
      return {
        message: `The key ${yamlText(key)} of ${where} is ${typeName(key)} to YAML, and has to be a text.`,
        hint: 'Put the key in quotes.',
      };
    }
    const made = jsonOfYaml(item, `${where}.${key}`);
    if ('message' in made) return made;
    entries.push({ key, value: made });
  }
  return { kind: 'object', entries };
}

function no(message: string, hint: string, line: number | null): AmendmentReading {
  return { ok: false, problem: { message, hint, line } };
}
