import type { ToolRule } from '../../contract/merge.ts';
import type { Plan } from '../../contract/operations.ts';
import type { Unit } from '../../core/merge/unit.ts';
import type { AnalysedDocument, Analysis } from '../../core/vek/merge/analysis.ts';
import { counted, safe, safeLine, short, type Output } from '../output.ts';
import { valueTexts } from '../value-text.ts';
import { nameOf, placeOf, type OpenPlace } from './merge-decide.ts';
import { countsOf, type Preview } from './merge-json.ts';
import { ruleText, ruleWords } from './merge-rules.ts';

/** Conflicts and documents that are written out in a terminal; a person reads no more. The rest is counted. */
const LISTED = 40;
/** Hashes that are named in a line, and notes that are written out. */
const NAMED = 3;
const NOTED = 8;
/** Characters of a value that are shown on its line. */
const WIDTH = 120;

/** Why a place is a conflict. `%o` is the branch that is merged into, `%t` the other one. */
const kinds: Record<Unit['kind'], string> = {
  modify: 'changed',
  add: 'added',
  delete: 'removed',
  'modify/modify': 'changed differently on both',
  'modify/delete': 'changed on “%o”, removed on “%t”',
  'delete/modify': 'removed on “%o”, changed on “%t”',
  'add/add': 'added differently on both',
  type: 'other kinds of value',
  text: 'the same lines changed differently',
  array: 'the same elements changed differently',
  order: 'put in another order on both',
};

/** A preview for a person. */
export function previewLines(out: Output, preview: Preview): string[] {
  const { analysis, open, plan, blocked, verdict } = preview;
  const { into, from, rules } = analysis;
  const names = `“${safeLine(from.name)}” into “${safeLine(into.name)}”`;
  if (verdict === 'already')
    return [`“${safeLine(into.name)}” has everything of “${safeLine(from.name)}” already.`];
  const lines = [
    `Merging ${names}: ${verdictWords(out, preview)}`,
    '',
    ...baseLines(analysis),
    ...countLines(analysis, open.length === 0),
  ];
  const chosen = rules.filter(({ reason }) => reason === 'chosen');
  if (chosen.length > 0)
    lines.push(
      '',
      ...chosen.map((rule) => `As was chosen here: ${ruleWords({ ...rule, reason: 'naming' })}.`),
    );
  lines.push(...openLines(out, analysis, open));
  if (blocked !== null)
    lines.push('', `${out.paint('can’t be written', 'red')}: ${safe(blocked.message)}`, safe(blocked.hint));
  if (plan !== null) lines.push('', ...writesLines(plan));
  return lines;
}

/** What is left before anything is written, and what to do about it; empty where nothing is. */
export function openLines(out: Output, analysis: Analysis, open: readonly OpenPlace[]): string[] {
  const assumed = analysis.rules.filter(({ confirmed }) => !confirmed);
  return [...assumed.flatMap(assumptionLines), ...conflictLines(out, analysis, open)];
}

/** What to do next about what is left. */
export function nextLines({ into, from, rules }: Analysis, open: readonly OpenPlace[]): string[] {
  const lines: string[] = [];
  const assumed = rules.find(({ confirmed }) => !confirmed);
  const branch = quoted(from.name);
  if (assumed !== undefined) {
    const rule = quoted(`${assumed.tool}=${ruleText(assumed.rule)}`);
    lines.push(`Confirm or change each assumption, such as: vekscope merge ${branch} --documents ${rule}`);
  }
  if (open.length > 0) {
    lines.push(
      'Settle the conflicts in the window (vekscope open), or here:',
      `  all to one branch:  vekscope merge ${branch} --take ${quoted(into.name)}   or --take ${quoted(from.name)}`,
      `  one by one:         vekscope merge ${branch} --preview --json > FILE`,
      '                      write a "take" into each conflict of FILE, see vekscope merge --help',
      `                      vekscope merge ${branch} --resolutions FILE`,
    );
  }
  return lines;
}

/** What a merge does with documents, one line each way. `settled`: no conflict is left. */
export function countLines(analysis: Analysis, settled: boolean): string[] {
  const { taken, same, merged, conflicted } = countsOf(analysis, []);
  const rows: [number, string][] = [
    ...taken.map(({ from, documents }): [number, string] => [
      documents,
      `changed on “${safeLine(from)}” only, taken from there`,
    ]),
    [same, 'changed equally on both'],
    [merged, 'changed on both, merged without a conflict'],
    [conflicted, settled ? 'changed on both, conflicts settled' : 'changed on both, with conflicts'],
  ];
  const lines = rows
    .filter(([count]) => count > 0)
    .map(([count, words]) => `${counted(count, 'document')} ${words}`);
  return lines.length === 0 ? ['No document changed since they parted.'] : lines;
}

function verdictWords(out: Output, { verdict, open, analysis }: Preview): string {
  const assumed = analysis.rules.filter(({ confirmed }) => !confirmed).length;
  const parts: string[] = [];
  if (assumed > 0) parts.push(out.paint(counted(assumed, 'assumption'), 'yellow') + ' to confirm');
  if (open.length > 0) {
    const documents = new Set(open.map(({ document }) => document)).size;
    parts.push(`${out.paint(counted(open.length, 'conflict'), 'red')} in ${counted(documents, 'document')}`);
  }
  if (verdict === 'impossible') parts.push(out.paint('impossible now', 'red'));
  return parts.length === 0 ? out.paint('clean', 'green') : parts.join(', ');
}

function baseLines({ bases, unrelated, into, from }: Analysis): string[] {
  const calls = `${counted(into.calls, 'call')} only on “${safeLine(into.name)}”, ${counted(from.calls, 'call')} only on “${safeLine(from.name)}”`;
  if (unrelated) return [`They have no call in common; ${calls}.`];
  const where =
    bases.length === 1
      ? `They parted after ${short(bases[0]!)}`
      : `They parted after ${hashWords(bases)}, which are merged first into a virtual base`;
  return [`${where}; ${calls}.`];
}

/** “a, b and c”; of many the first few. */
function hashWords(hashes: readonly string[]): string {
  const shown = hashes.slice(0, NAMED).map((hash) => short(hash));
  if (hashes.length > NAMED) return `${shown.join(', ')} and ${counted(hashes.length - NAMED, 'other call')}`;
  return `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}

/** What a person should know; of many notes the first few. */
export function noteLines(notes: readonly string[]): readonly string[] {
  if (notes.length <= NOTED) return notes;
  return [
    ...notes.slice(0, NOTED),
    `and ${counted(notes.length - NOTED, 'more note')}; --preview --json has all`,
  ];
}

function assumptionLines(rule: ToolRule): string[] {
  const { tool, candidates, documents } = rule;
  const option = (text: string): string => `--documents ${quoted(`${tool}=${text}`)}`;
  const fields = candidates.slice(0, 4).map((pointer) => `    ${option(pointer)}`);
  return [
    '',
    `Assumed: ${ruleWords({ ...rule, reason: 'naming' })} (${counted(documents, 'document')}). Both branches called it with different inputs, and nothing says which belong together. If that is right:`,
    `    ${option(ruleText(rule.rule))}`,
    fields.length > 0
      ? 'If instead calls with the same field are about one document, or all calls are:'
      : 'If instead all calls are about one document:',
    ...fields,
    `    ${option('tool')}`,
  ];
}

function conflictLines(out: Output, { into, from }: Analysis, open: readonly OpenPlace[]): string[] {
  const lines: string[] = [];
  let last: AnalysedDocument | null = null;
  for (const { document, unit } of open.slice(0, LISTED)) {
    if (document !== last) lines.push('', out.paint(safeLine(nameOf(document)), 'yellow'));
    last = document;
    if (unit === null) {
      lines.push(`  the whole document: ${safeLine(document.opaque ?? 'only one side can be taken')}`);
      continue;
    }
    lines.push(`  ${out.paint(safeLine(placeOf(unit)), 'red')}  ${kindWords(unit, into.name, from.name)}`);
    const width = Math.max(4, into.name.length, from.name.length);
    const base = unit.baseDisputed ? undefined : unit.base;
    const texts = valueTexts([base, unit.ours, unit.theirs], WIDTH);
    for (const [i, name] of ['base', into.name, from.name].entries()) {
      const none = i === 0 && unit.baseDisputed ? '(the bases disagree)' : '(nothing)';
      lines.push(`    ${safeLine(name).padEnd(width)}  ${texts[i] ?? out.paint(none, 'dim')}`);
    }
  }
  if (open.length > LISTED)
    lines.push('', `and ${counted(open.length - LISTED, 'more conflict')}; --preview --json has all`);
  return lines;
}

function kindWords({ kind }: Unit, into: string, from: string): string {
  const names: Record<string, string> = { '%o': into, '%t': from };
  return kinds[kind].replaceAll(/%[ot]/g, (sign) => safeLine(names[sign]!));
}

function writesLines({ makes, refs, warnings }: Plan): string[] {
  const lines = ['Would be written:'];
  if (makes !== null) {
    lines.push(
      `  one call ${safeLine(makes.node.tool)} after ${short(makes.node.parent_hash ?? '')} and ${short(makes.node.merge_parent ?? '')}; its hash follows from the time of writing`,
    );
    for (const { role, bytes, fresh } of makes.objects)
      lines.push(`  its ${role}, ${counted(bytes, 'byte')}${fresh ? '' : ', in the store already'}`);
  }
  for (const { name, before } of refs)
    lines.push(`  “${safeLine(name)}” moves there from ${short(before ?? '')}`);
  return [...lines, ...warnings.map((warning) => safe(warning))];
}

/** A word for a shell: as it is where nothing in it means anything there. */
function quoted(word: string): string {
  const text = safeLine(word);
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
