import { isMap as isMapNode, isScalar, parseDocument } from 'yaml';
import type { Change, FileEdit } from '../../../contract/edits.ts';
import { fail, ok, type Result } from '../../result.ts';
import type { EditContext } from '../edit/context.ts';
import { pyRegExp, universalNewlines } from '../text/python-text.ts';
import { readYaml } from '../../yaml/yaml.ts';
import { isMap, yamlText } from '../../yaml/yaml-value.ts';

type Decide = Extract<Change, { do: 'decide' }>;
type Span = { readonly from: number; readonly to: number; readonly text: string };

/** A proposal as the runtime finds it in a report (formats/atomic-agents.md §2.16). */
const proposal = pyRegExp('```yaml\\s*\\n---\\n(.*?)\\n---\\s*\\n```', 'sg');

/** The edit that decides a tuning proposal: the values of `operator_decision` and `operator_notes`, and nothing else (formats/atomic-agents.md §2.16). */
export function editsToDecide(ctx: EditContext, change: Decide): Result<readonly FileEdit[]> {
  const { folder } = ctx;
  const { path } = change;
  const places = folder.root.agents.map(({ name }) => `${folder.pathOf(name, 'evals/tuning_reports')}/`);
  if (!path.endsWith('.md') || !places.some((place) => path.startsWith(place))) {
    return fail(
      'refused',
      `${path} is no tuning report.`,
      'Reports lie in evals/tuning_reports of an agent.',
    );
  }
  folder.refresh([path]);
  const file = folder.text(path);
  if (!file.ok) return file;
  if (file.value.sha256 !== change.shown) {
    return fail(
      'conflict',
      'The report is not the one that was shown: it changed meanwhile.',
      'Look at it again, then decide.',
    );
  }
  if (file.value.text === null) {
    return fail('refused', file.value.noText ?? '', 'Save it as UTF-8 text first.');
  }
  const text = file.value.text;
  const spans = spansOf(universalNewlines(text), change);
  if (!spans.ok) return spans;
  const end = text.match(/\r\n|\n|\r/g)?.at(-1) ?? '\n';
  let edited = text;
  for (const { from, to, text: put } of spans.value.toSorted((a, b) => b.from - a.from)) {
    const [start, stop] = [inOriginal(text, from), inOriginal(text, to)];
    edited = edited.slice(0, start) + put.replaceAll('\n', end) + edited.slice(stop);
  }
  return ok([{ path, base: file.value.sha256, text: edited }]);
}

/** What is put where in the text with plain line ends. */
function spansOf(text: string, { proposal: id, decision, notes }: Decide): Result<readonly Span[]> {
  const found = Array.from(text.matchAll(proposal)).filter(({ 1: meta }) => {
    const read = readYaml(meta!, 'libyaml');
    return read.ok && isMap(read.value) && yamlText(read.value.get('proposal_id')) === id;
  });
  const [block] = found;
  if (block === undefined) {
    return fail(
      'not-found',
      `The report has no proposal “${id}” that the runtime can read.`,
      'It stands in a yaml block that begins and ends with a line ---.',
    );
  }
  if (found.length > 1) {
    return fail(
      'ambiguous',
      `${found.length} proposals of the report have the id “${id}”.`,
      'Give each an id of its own first.',
    );
  }
  const meta = block[1]!;
  const start = block.index + block[0].indexOf('\n---\n') + 5;
  const spans: Span[] = [];
  const wanted: [string, string][] = [['operator_decision', decision]];
  if (notes !== null) wanted.push(['operator_notes', quoted(notes)]);
  for (const [key, value] of wanted) {
    const at = placeOf(meta, key, value);
    if (at === null) {
      return fail(
        'refused',
        `${key} of “${id}” is written in a way that can't be changed safely.`,
        'Write it on one line as “key: value”.',
      );
    }
    spans.push({ from: start + at.from, to: start + at.to, text: at.text });
  }
  return ok(spans);
}

/** Where the value of a key stands in a block; a missing key is added at its end. */
function placeOf(meta: string, key: string, value: string): Span | null {
  const { contents } = parseDocument(meta, { version: '1.1', schema: 'failsafe', uniqueKeys: false });
  if (!isMapNode(contents) || contents.flow === true) return null;
  const pair = contents.items.findLast((one) => isScalar(one.key) && one.key.value === key);
  if (pair === undefined) return { from: meta.length, to: meta.length, text: `\n${key}: ${value}` };
  const node = pair.value;
  if (!isScalar(pair.key) || !pair.key.range) return null;
  if (!isScalar(node) || !node.range || node.anchor !== undefined || node.tag !== undefined) return null;
  const [from, to] = node.range;
  if (node.type === 'BLOCK_FOLDED' || node.type === 'BLOCK_LITERAL') {
    const ends = meta.slice(0, to).endsWith('\n') ? '\n' : '';
    return { from, to, text: `${value}${ends}` };
  }
  return { from, to, text: meta.charAt(from - 1) === ':' ? ` ${value}` : value };
}

/** In double quotes, on one line; three backticks would end the block for a reader. */
function quoted(text: string): string {
  let out = '';
  for (const letter of text.replaceAll(/\r\n?/g, '\n')) {
    const code = letter.codePointAt(0)!;
    if (letter === '"' || letter === '\\') out += `\\${letter}`;
    else if (letter === '\n') out += '\\n';
    else if (letter === '\t') out += '\\t';
    else if (letter === '`' && text.includes('```')) out += '\\x60';
    else if (code < 0x20 || (code >= 0x7f && code < 0xa0)) out += `\\x${code.toString(16).padStart(2, '0')}`;
    else if (code === 0x2028 || code === 0x2029 || code === 0xfeff || (code >= 0xfffe && code <= 0xffff)) {
      out += `\\u${code.toString(16).padStart(4, '0')}`;
    } else out += letter;
  }
  return `"${out}"`;
}

/** The offset in a text of an offset in the same with plain line ends. */
function inOriginal(text: string, offset: number): number {
  let at = offset;
  for (let i = text.indexOf('\r\n'); i !== -1 && i < at; i = text.indexOf('\r\n', i + 2)) at++;
  return at;
}
