import type { Template, TemplateField } from '../../../contract/drafts.ts';
import type { FileEdit } from '../../../contract/edits.ts';
import { fail, ok, type Result } from '../../result.ts';
import type { AgentFolder } from '../folder.ts';
import { universalNewlines } from '../text/python-text.ts';
import { isDay } from '../../yaml/yaml-scalar.ts';
import { coveredText } from './secrets.ts';

/** Where a template makes its files. */
export type TemplatePlace = {
  readonly folder: AgentFolder;
  /** null: the root */
  readonly agent: string | null;
  readonly today: string;
  /** the path below the root of a file of the agent, or of one that holds for all agents */
  readonly path: (file: string) => string;
};

/** A field with the rule of its value; `check` says in words what is wrong with a value that is not empty. */
export type FieldRule = TemplateField & { readonly check: (value: string) => string | null };

/** A person's answers: checked, without blanks around them. */
export type Answers = {
  readonly of: (key: string) => string;
  /** the lines of an answer that are not empty */
  readonly lines: (key: string) => readonly string[];
  readonly yes: (key: string) => boolean;
};

/** A file that a template makes, or what it adds at the end of one; `head` begins a file that is not there yet. */
export type MadeFile = { readonly file: string; readonly text: string } | MadeSection;
export type MadeSection = { readonly file: string; readonly head: string; readonly section: string };

/** What can be made. `problems` says what several answers together get wrong, by the label of a field. */
export type TemplateRule = Omit<Template, 'fields' | 'blocked'> & {
  readonly on: 'agent' | 'root';
  readonly fields: (place: TemplatePlace) => readonly FieldRule[];
  readonly blocked: (place: TemplatePlace) => string | null;
  readonly problems: (place: TemplatePlace, answers: Answers) => readonly string[];
  readonly make: (place: TemplatePlace, answers: Answers) => readonly MadeFile[];
};

/** Why a file can't be made where it should lie. */
export function takenBy(place: TemplatePlace, file: string): string | null {
  return place.folder.has(place.path(file)) ? `${file} is there already. Open it and edit it.` : null;
}

/** The edits of a template, or all problems with the answers, each on a line of its own as “Label: words”. */
export function editsOf(
  rule: TemplateRule,
  place: TemplatePlace,
  values: ReadonlyMap<string, string>,
): Result<readonly FileEdit[]> {
  const blocked = rule.blocked(place);
  if (blocked !== null) return fail('exists', blocked, 'Choose another template.');
  const fields = rule.fields(place);
  const answers = answersOf(fields, values);
  const own = fields.flatMap((field) => {
    const problem = problemOf(field, answers.of(field.key));
    return problem === null ? [] : [`${field.label}: ${problem}`];
  });
  const problems = own.length > 0 ? own : rule.problems(place, answers);
  if (problems.length > 0) return fail('bad-request', problems.join('\n'), 'Change these answers.');
  const edits: FileEdit[] = [];
  for (const made of rule.make(place, answers)) {
    const edit = 'text' in made ? newFile(place, made.file, made.text) : withSection(place, made);
    if (!edit.ok) return edit;
    edits.push(edit.value);
  }
  return ok(edits);
}

function answersOf(fields: readonly FieldRule[], values: ReadonlyMap<string, string>): Answers {
  const kept = new Map(
    fields.map((field) => [field.key, universalNewlines(values.get(field.key) ?? field.value).trim()]),
  );
  const of = (key: string): string => kept.get(key) ?? '';
  return {
    of,
    lines: (key) =>
      of(key)
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== ''),
    yes: (key) => of(key) === 'yes',
  };
}

/** Characters that end a line for Python, or that no text file should hold. */
const BAD_IN_LINE = /[\p{Cc}\u2028\u2029\ufffe\uffff]/u;

function problemOf(field: FieldRule, value: string): string | null {
  if (value === '') return field.required ? 'This is needed.' : null;
  if (!value.isWellFormed()) return 'It holds half a character.';
  if (BAD_IN_LINE.test(field.type === 'lines' ? value.replaceAll(/[\n\t]/g, '') : value)) {
    return 'It holds a control character.';
  }
  if (field.type === 'choice' && !field.options.includes(value)) return 'Choose one of the list.';
  if (field.type === 'date' && !isDay(value)) return 'Write the day as YYYY-MM-DD.';
  return field.check(value);
}

function newFile(place: TemplatePlace, file: string, text: string): Result<FileEdit> {
  const taken = takenBy(place, file);
  if (taken !== null) return fail('exists', taken, 'Choose another name, or edit that file.');
  return ok({ path: place.path(file), base: null, text });
}

/** Adds a section at the end of a file; no byte before it changes. */
function withSection(place: TemplatePlace, made: MadeSection): Result<FileEdit> {
  const path = place.path(made.file);
  if (!place.folder.has(path)) return ok({ path, base: null, text: made.head + made.section });
  const read = place.folder.text(path);
  if (!read.ok) return read;
  const { text, sha256, noText, lineEnds } = read.value;
  if (text === null) {
    return fail('unreadable', `${made.file}: ${noText ?? 'It cannot be read.'}`, 'Mend the file first.');
  }
  const end = lineEnds === 'crlf' ? '\r\n' : '\n';
  const gap = text === '' || /\n\r?\n$/.test(text) ? '' : text.endsWith('\n') ? end : end + end;
  return ok({ path, base: sha256, text: coveredText(path, text) + gap + made.section.replaceAll('\n', end) });
}
