import type { DocumentRule, RuleReason } from '../../../contract/merge.ts';
import { canonicalText } from '../../json/canonical.ts';
import { get } from '../../json/pointer.ts';
import { distinctEntries, type JsonNode } from '../../json/tree.ts';
import { kindOf } from '../summary-kind.ts';
import { names, settings } from '../summary-words.ts';
import { namingFields } from '../document-of.ts';
import type { ToolFields } from './tool-fields.ts';

/** What the calls of one tool say about what counts as one document. Inputs are null where they can't be read. */
export type ToolEvidence = {
  readonly tool: string;
  readonly fields: ToolFields;
  /** both sides called the tool */
  readonly both: boolean;
  /** some input was used on both sides */
  readonly sameInput: boolean;
  /** inputs of the last calls; undefined where there is none */
  readonly last: {
    readonly base: JsonNode | null | undefined;
    readonly ours: JsonNode | null | undefined;
    readonly theirs: JsonNode | null | undefined;
  };
};

/** A rule with how it was found. */
export type FoundRule = {
  readonly rule: DocumentRule;
  readonly reason: RuleReason;
  readonly confirmed: boolean;
};

/** Fields that say which part of a document a call is about: with them each part is a document. */
const partFields = [
  'section',
  'part',
  'chapter',
  'heading',
  'anchor',
  'sheet',
  'cell',
  'cell_id',
  'slide',
  'tab',
];
/** Fields that say which lines were read. */
const rangeFields = [
  'range',
  'view_range',
  'line_range',
  'lines',
  'start_line',
  'end_line',
  'start',
  'end',
  'offset',
  'limit',
];

/**
 * What counts as one document of a tool (design §3): what was chosen; else fields that name it; else the whole input
 * where both sides used the same one; else the fields that are equal in the last calls of base and both sides; else
 * each call by itself, which is an assumption.
 *
 * Which fields name a document depends on what the tool does. A file, address or record that is read or changed is
 * named by its naming field, together with a part field (`section`) if every call has one: a tool that is sometimes
 * given a section and sometimes not has one document, since a change of the whole would else never meet a change of a
 * part; where only calls before the two parted had none, parts are an assumption. For a search or a command the naming field is only a place, so that what was asked names the result; ranges of
 * lines count for tools that only read. Where some calls are named and others are not, or by different fields, that is
 * an assumption too.
 */
export function ruleFor(evidence: ToolEvidence, chosen: DocumentRule | undefined): FoundRule {
  if (chosen !== undefined) return { rule: chosen, reason: 'chosen', confirmed: true };
  const named = byNaming(evidence);
  if (named !== null) return named;
  if (evidence.sameInput || !evidence.both)
    return { rule: { by: 'input' }, reason: 'same-input', confirmed: true };
  const equal = equalFields(evidence);
  if (equal.length > 0) {
    return { rule: { by: 'fields', pointers: equal }, reason: 'equal-fields', confirmed: true };
  }
  return { rule: { by: 'call' }, reason: 'assumed', confirmed: false };
}

function byNaming({ tool, fields, both, last }: ToolEvidence): FoundRule | null {
  const kinds = [last.ours, last.theirs].flatMap((input) =>
    input === null || input === undefined ? [] : [kindOf(tool, input, null)],
  );
  if (fields.count() === 0 || kinds.includes('model')) return null;
  let parted = false;
  const asks = kinds.length > 0 && kinds.every((kind) => kind === 'search' || kind === 'shell');
  const found: string[] = [];
  const take = (name: string | null): void => {
    if (name !== null && !found.includes(fields.pointer(name))) found.push(fields.pointer(name));
  };
  if (asks) {
    const asked = fields.first(kinds.includes('shell') ? [...names.command, ...names.query] : names.query);
    if (asked === null || isPlace(asked)) return null;
    take(asked);
    for (const name of [...names.place, 'cwd', 'workdir']) if (fields.everywhere(name)) take(name);
  } else {
    const name = fields.first(namingFields);
    if (name === null) return mixedNames(fields, both);
    take(name);
    if (kinds.includes('fetch') && fields.everywhere('method')) take('method');
    const part = fields.first(partFields);
    parted = both && part !== null && isWhole(last.base, fields.pointer(part));
    take(part);
    if (kinds.length > 0 && kinds.every((kind) => kind === 'read')) {
      for (const range of rangeFields) if (hasValue(last, fields.pointer(range))) take(range);
    }
  }
  const wrapped = fields.wrapped();
  const pointers = wrapped === null ? found : [wrapped, ...found];
  return {
    rule: { by: 'fields', pointers: pointers.slice(0, 8) },
    reason: parted ? 'assumed' : 'naming',
    confirmed: !parted,
  };
}

/** The last common call was about a whole document, where each one since then is about a part. */
function isWhole(base: ToolEvidence['last']['base'], part: string): boolean {
  return base?.kind === 'object' && get(base, part) === undefined;
}

/** A word that is a place for some tools and a query for others. */
function isPlace(name: string): boolean {
  return name === 'name' || name === 'text';
}

function hasValue({ ours, theirs }: ToolEvidence['last'], pointer: string): boolean {
  return [ours, theirs].some(
    (input) => input !== null && input !== undefined && get(input, pointer) !== undefined,
  );
}

/** Some calls name their document and others don't, or by different fields: nobody can tell which are the same. */
function mixedNames(fields: ToolFields, both: boolean): FoundRule | null {
  const { pointers } = fields.mixed();
  if (pointers.length === 0) return null;
  return {
    rule: { by: 'fields', pointers: [...pointers] },
    reason: both ? 'assumed' : 'naming',
    confirmed: !both,
  };
}

/** Fields of a request to a model that are the same in every request of a run, and so name none. */
const modelSettings: ReadonlySet<string> = new Set([
  'model',
  'provider',
  'system',
  'instructions',
  'tools',
  'tool_choice',
  'response_format',
  'stop',
]);

/** Top-level fields with equal values in the last calls of all three; settings of a tool name nothing. */
function equalFields({ tool, last }: ToolEvidence): string[] {
  const { base, ours, theirs } = last;
  if (base?.kind !== 'object' || ours?.kind !== 'object' || theirs?.kind !== 'object') return [];
  const asksModel = kindOf(tool, ours, null) === 'model';
  return distinctEntries(ours.entries)
    .flatMap(({ key, value }) => {
      if (asksModel && modelSettings.has(key)) return [];
      if (settings.has(key) || value.kind === 'bool' || value.kind === 'null' || value.kind === 'float')
        return [];
      const pointer = `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
      if (pointer.length > 1_000) return [];
      const texts = [value, get(base, pointer), get(theirs, pointer)].map(textOf);
      return texts[0] !== null && texts.every((text) => text === texts[0]) ? [pointer] : [];
    })
    .slice(0, 8);
}

function textOf(node: JsonNode | undefined): string | null {
  if (node === undefined) return null;
  const canonical = canonicalText(node);
  return canonical.ok && canonical.text.length <= 1_000 ? canonical.text : null;
}
