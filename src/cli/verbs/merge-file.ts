import { readFileSync, statSync } from 'node:fs';
import { documentRuleSchema, type DocumentRule } from '../../contract/merge.ts';
import { boolOf, field, textOf } from '../../core/json/build.ts';
import { parseJsonBytes } from '../../core/json/decode.ts';
import { stringifyJson } from '../../core/json/pretty.ts';
import { distinctEntries, type JsonNode } from '../../core/json/tree.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import { systemFailure } from '../../core/storage/failures.ts';
import { limits } from '../../core/storage/limits.ts';
import { ruleFrom } from './merge-rules.ts';

/** What a file says to take. Names are those of branches; `quoted` ones can't be meant for a word of the format. */
export type FileTake =
  | { readonly take: 'name'; readonly name: string; readonly quoted: boolean }
  | { readonly take: 'both'; readonly first: string | null }
  | { readonly take: 'value'; readonly value: JsonNode }
  | { readonly take: 'nothing' };

/** One place of a document: its id or path, and what to take there. */
export type FileConflict = { readonly at: string; readonly take: FileTake };

/** What a file says about one document: one take for the whole, or one for each of some places. */
export type FileDocument = {
  readonly tool: string;
  readonly identity: JsonNode;
  readonly whole: FileTake | null;
  readonly conflicts: readonly FileConflict[];
};

/** A branch as the file saw it; `tip` is checked where it is there. */
export type FileEnd = { readonly branch: string; readonly tip: string | null };

/** A file of resolutions: what `merge --preview --json` printed with `take` filled in, or the same written by hand. */
export type Resolutions = {
  readonly into: FileEnd | null;
  readonly from: FileEnd | null;
  readonly rules: ReadonlyMap<string, DocumentRule>;
  readonly documents: readonly FileDocument[];
};

/** Reads a file of resolutions, numbers and texts exactly. Fails with the place of what is not understood. */
export function readResolutions(path: string): Result<Resolutions> {
  let bytes: Uint8Array;
  try {
    const { size } = statSync(path);
    if (size > limits.jsonBytes) {
      return fail(
        'too-large',
        `${path} has ${size} bytes; up to ${limits.jsonBytes} are read.`,
        'Settle fewer places in it.',
      );
    }
    bytes = readFileSync(path);
  } catch (error) {
    return systemFailure(error, path);
  }
  const parsed = parseJsonBytes(bytes, { maxDepth: limits.jsonDepth, maxChars: limits.jsonBytes });
  if (parsed.ok) return resolutionsOf(parsed.node, path);
  const { message, line, column } = parsed.error;
  return fail('bad-request', `${path} is not JSON: ${message} (line ${line}, column ${column}).`, SEE);
}

const SEE = 'The form is in: vekscope merge --help';

/** Something in the file that is not understood; caught where the file is read. */
class Misread extends Error {}

function resolutionsOf(root: JsonNode, path: string): Result<Resolutions> {
  try {
    const top = fieldsOf(root, 'The file', TOP);
    return ok({
      into: endOf(top.get('into'), 'into'),
      from: endOf(top.get('from'), 'from'),
      rules: rulesOf(top.get('rules')),
      documents: listOf(top.get('documents'), 'documents').map((node, i) =>
        documentOf(node, `documents[${i}]`),
      ),
    });
  } catch (error) {
    if (!(error instanceof Misread)) throw error;
    return fail('bad-request', `${path}: ${error.message} Nothing was written.`, SEE);
  }
}

// What a preview prints beside what is read here; left as it is by a person who fills in a preview.
const TOP = [
  'into',
  'from',
  'rules',
  'documents',
  'verdict',
  'blocked',
  'unrelated',
  'bases',
  'counts',
  'notes',
  'warnings',
  'writes',
];
const RULE = ['tool', 'rule', 'confirmed', 'reason', 'candidates', 'documents', 'conflicts'];
const DOCUMENT = [
  'tool',
  'identity',
  'take',
  'conflicts',
  'title',
  'state',
  'changed_on',
  'whole_only',
  'taken',
];
const PLACE = [
  'path',
  'id',
  'take',
  'first',
  'value',
  'kind',
  'what',
  'base',
  'values',
  'both',
  'base_disputed',
  'open',
  'from',
];

function fieldsOf(node: JsonNode, what: string, known: readonly string[]): ReadonlyMap<string, JsonNode> {
  if (node.kind !== 'object') throw new Misread(`${what} is no object.`);
  if (distinctEntries(node.entries).length < node.entries.length)
    throw new Misread(`${what} has a key more than once.`);
  const odd = node.entries.find(({ key }) => !known.includes(key));
  if (odd !== undefined) throw new Misread(`${what} has a key “${odd.key}”, which means nothing here.`);
  return new Map(node.entries.map(({ key, value }) => [key, value]));
}

function listOf(node: JsonNode | undefined, what: string): readonly JsonNode[] {
  if (node === undefined) return [];
  if (node.kind !== 'array') throw new Misread(`“${what}” is no list.`);
  return node.items;
}

function required(node: JsonNode | undefined, what: string): string {
  const text = textOf(node);
  if (text === null) throw new Misread(`${what} is missing or no text.`);
  return text;
}

function endOf(node: JsonNode | undefined, what: string): FileEnd | null {
  if (node === undefined) return null;
  if (node.kind === 'string') return { branch: node.value, tip: null };
  return { branch: required(field(node, 'branch'), `“${what}.branch”`), tip: textOf(field(node, 'tip')) };
}

/** Only what a person confirmed counts: what was inferred is inferred again, and an assumption stays one. */
function rulesOf(node: JsonNode | undefined): Map<string, DocumentRule> {
  const rules = new Map<string, DocumentRule>();
  for (const [i, item] of listOf(node, 'rules').entries()) {
    const what = `rules[${i}]`;
    const fields = fieldsOf(item, what, RULE);
    const tool = required(fields.get('tool'), `${what}.tool`);
    const rule = ruleFrom(required(fields.get('rule'), `${what}.rule`));
    if (rule === null || !documentRuleSchema.safeParse(rule).success)
      throw new Misread(`${what}.rule is none of call, tool, input and JSON pointers joined by +.`);
    const reason = textOf(fields.get('reason'));
    const inferred = reason !== null && reason !== 'assumed' && reason !== 'chosen';
    if (inferred || boolOf(fields.get('confirmed')) === false) continue;
    if (rules.has(tool)) throw new Misread(`${what} names “${tool}” again.`);
    rules.set(tool, rule);
  }
  return rules;
}

function documentOf(node: JsonNode, what: string): FileDocument {
  const fields = fieldsOf(node, what, DOCUMENT);
  const identity = fields.get('identity');
  if (identity === undefined) throw new Misread(`${what}.identity is missing.`);
  const places = [
    ...listOf(fields.get('conflicts'), `${what}.conflicts`),
    ...listOf(fields.get('taken'), `${what}.taken`),
  ];
  const conflicts = places.flatMap((place, i) => conflictOf(place, `${what}.conflicts[${i}]`));
  const whole = takeOf(fields, what);
  if (whole !== null && conflicts.length > 0)
    throw new Misread(`${what} takes the whole document and parts of it.`);
  if (whole !== null && whole.take !== 'name')
    throw new Misread(`${what}.take can only be the name of a branch or “base” for a whole document.`);
  return { tool: required(fields.get('tool'), `${what}.tool`), identity, whole, conflicts };
}

function conflictOf(node: JsonNode, what: string): FileConflict[] {
  const fields = fieldsOf(node, what, PLACE);
  const at = required(fields.get('id') ?? fields.get('path'), `${what}.path`);
  const take = takeOf(fields, what);
  return take === null ? [] : [{ at, take }];
}

function takeOf(fields: ReadonlyMap<string, JsonNode>, what: string): FileTake | null {
  const node = fields.get('take');
  const stray = node === undefined ? ['first', 'value'].find((key) => fields.has(key)) : undefined;
  if (stray !== undefined) throw new Misread(`${what} has “${stray}” and no “take”.`);
  if (node === undefined || node.kind === 'null') return null;
  const quoted = textOf(field(node, 'branch'));
  if (quoted !== null) return { take: 'name', name: quoted, quoted: true };
  switch (required(node, `${what}.take`)) {
    case 'both':
      return { take: 'both', first: textOf(fields.get('first')) };
    case 'nothing':
      return { take: 'nothing' };
    case 'value': {
      const value = fields.get('value');
      if (value === undefined) throw new Misread(`${what} takes a value and has no “value”.`);
      return { take: 'value', value };
    }
    default:
      return { take: 'name', name: required(node, what), quoted: false };
  }
}

/** The text of a value as a person would have typed it in place of a unit. */
export function typedText(value: JsonNode, lines: boolean): string | null {
  if (!lines) return stringifyJson(value);
  return textOf(value);
}
