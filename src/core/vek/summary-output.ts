import { boolOf, field, itemsOf, numberOf, textOf } from '../json/build.ts';
import type { JsonNode } from '../json/tree.ts';
import type { ToolKind } from '../../contract/vek.ts';
import { blockText, exitCodeOf, httpStatusOf, jsonInside } from './summary-failure.ts';
import { describeFields } from './summary-input.ts';
import { isModelOutput, modelOutput } from './summary-model.ts';
import {
  counted,
  firstField,
  firstNumber,
  firstText,
  inline,
  isNested,
  joined,
  measured,
  oneLine,
  quoted,
  sized,
} from './summary-text.ts';
import { names } from './summary-words.ts';

/** Wrappers such as `result` and JSON in a text that are opened, one in another. */
const deepestWrapper = 4;

/** What came out of a call that did not fail, in one line. `cut`: the value is only the beginning of the output. */
export function describeOutput(kind: ToolKind, output: JsonNode, cut: boolean, depth = 0): string {
  if (depth > deepestWrapper) return inline(output);
  return byKind(kind, output, cut) ?? anything(kind, output, cut, depth);
}

function byKind(kind: ToolKind, output: JsonNode, cut: boolean): string | null {
  switch (kind) {
    case 'merge':
      return mergeOutput(output);
    case 'fetch':
      return fetchOutput(output, cut);
    case 'shell':
      return shellOutput(output);
    case 'read':
      return readOutput(output, cut);
    case 'write':
    case 'edit':
      return writeOutput(output);
    case 'model':
      return modelOutput(output);
    case 'test':
      return testCounts(output)?.text ?? shellOutput(output);
    case 'search':
    case 'plan':
    case 'message':
    case 'other':
      return isModelOutput(output) ? modelOutput(output) : null;
  }
}

function anything(kind: ToolKind, output: JsonNode, cut: boolean, depth: number): string {
  switch (output.kind) {
    case 'string': {
      const inner = kind === 'model' ? null : jsonInside(output.value);
      if (inner !== null) return describeOutput(kind, inner, cut, depth + 1);
      if (kind === 'search' && output.value.trim().includes('\n')) {
        return joined([measured(output.value, cut).split(',')[0], oneLine(output.value, 110)]);
      }
      return quoted(output.value);
    }
    case 'array': {
      const text = blockText(output);
      if (text !== null) return ofBlocks(kind, output, text, cut, depth);
      return listed(output, kind === 'search' ? 'results' : 'items', cut);
    }
    case 'object':
      return ofObject(kind, output, cut, depth);
    default:
      return inline(output);
  }
}

function ofBlocks(kind: ToolKind, blocks: JsonNode, text: string, cut: boolean, depth: number): string {
  if (text.trim() !== '') return describeOutput(kind, { kind: 'string', value: text }, cut, depth + 1);
  const type = textOf(field(itemsOf(blocks)[0], 'type')) ?? 'block';
  return joined([counted(itemsOf(blocks).length, 'blocks', cut), oneLine(type, 40)]);
}

function ofObject(kind: ToolKind, output: JsonNode, cut: boolean, depth: number): string {
  const content = field(output, 'content');
  const blocks = blockText(content);
  if (content !== undefined && blocks !== null) return ofBlocks(kind, content, blocks, cut, depth);
  const flag = flagOf(output);
  const list = names.lists.find((name) => isCountable(field(output, name), name));
  if (list !== undefined) return joined([flag, countOf(field(output, list)!, nounOf(list, kind), cut)], ', ');
  const text = firstText(output, names.said);
  if (text !== null) return joined([flag, quoted(text, 140)]);
  const inner = firstField(output, names.inner);
  if (inner?.kind === 'object' && inner.entries.length > 0)
    return joined([flag, describeOutput(kind, inner, cut, depth + 1)]);
  const total =
    kind === 'search'
      ? firstNumber(output, ['total', 'count', 'total_count', 'num_results', 'total_results'])
      : null;
  if (total !== null) return joined([flag, counted(total, 'results')], ', ');
  const entries = output.kind === 'object' ? output.entries : [];
  if (flag !== null && entries.every((entry) => boolOf(entry.value) !== null || entry.value.kind === 'null'))
    return flag;
  return describeFields(output, [], 'empty');
}

function isCountable(node: JsonNode | undefined, name: string): boolean {
  if (node?.kind === 'array') return true;
  return (
    node?.kind === 'int' &&
    /^(?:steps|hits|matches|results|items|files|rows|issues|warnings|changes|edits)$/.test(name)
  );
}

function countOf(node: JsonNode, noun: string, cut: boolean): string {
  return node.kind === 'array' ? listed(node, noun, cut) : counted(numberOf(node) ?? 0, noun);
}

function nounOf(list: string, kind: ToolKind): string {
  if (/^(?:data|result|output|organic|organic_results|plan)$/.test(list)) {
    return kind === 'search' ? 'results' : list === 'plan' ? 'steps' : 'items';
  }
  return list;
}

/** A count and what the first items are called. */
function listed(list: JsonNode, noun: string, cut: boolean): string {
  const items = itemsOf(list);
  const labels = items.slice(0, 4).flatMap((item) => labelOf(item) ?? []);
  const shown = items[0] !== undefined && isNested(items[0]) ? labels.slice(0, 1) : labels;
  return joined([counted(items.length, noun, cut), oneLine(shown.join(', '), 110)]);
}

function labelOf(item: JsonNode): string | null {
  if (!isNested(item)) return oneLine(inline(item), 60);
  const label = firstText(item, names.label);
  if (label === null) return null;
  const line = firstField(item, ['line', 'line_number', 'lineno']);
  return oneLine(line?.kind === 'int' ? `${label}:${line.text}` : label, 100);
}

function flagOf(output: JsonNode): string | null {
  const flags = ['ok', 'success', 'applied', 'done', 'saved', 'created', 'sent', 'deleted', 'updated'];
  return (
    flags
      .filter((name) => boolOf(field(output, name)) === true)
      .map((name) => (name === 'success' ? 'ok' : name))[0] ?? null
  );
}

function mergeOutput(output: JsonNode): string | null {
  const tips = itemsOf(field(output, 'merged_tips')).flatMap((tip) => textOf(tip) ?? []);
  if (tips.length === 0) return null;
  const resolved = field(output, 'resolved');
  return joined([
    tips.map((tip) => oneLine(tip.slice(0, 8), 8)).join(' + '),
    resolved?.kind === 'array' && `${counted(resolved.items.length, 'documents')} resolved`,
  ]);
}

function fetchOutput(output: JsonNode, cut: boolean): string | null {
  if (output.kind !== 'object')
    return output.kind === 'string' && output.value.includes('\n') ? pageText(output.value, cut) : null;
  const status = httpStatusOf(output);
  const body = firstText(output, ['text', 'content', 'body', 'markdown', 'html', 'data', 'result']);
  const size = firstNumber(output, names.size);
  if (status === null && size === null && body === null) return null;
  const bytes = size ?? (body === null ? null : new TextEncoder().encode(body).length);
  const facts = joined(
    [status !== null && String(status), bytes !== null && sized(bytes, cut && size === null)],
    ', ',
  );
  const title = firstText(output, ['title']) ?? body;
  return joined([facts, title !== null && oneLine(title, 110)]);
}

function pageText(text: string, cut: boolean): string {
  return joined([sized(new TextEncoder().encode(text).length, cut), oneLine(text, 120)]);
}

function shellOutput(output: JsonNode): string | null {
  if (output.kind === 'string') return output.value.trim() === '' ? 'no output' : oneLine(output.value);
  if (output.kind !== 'object') return null;
  const exit = exitCodeOf(output);
  const text = firstText(output, ['stdout', 'output', 'result', 'text', 'content', 'stderr']);
  if (exit === null && text === null) return null;
  return joined([exit !== null && `exit ${exit}`, text !== null && oneLine(text, 140)]);
}

function readOutput(output: JsonNode, cut: boolean): string | null {
  const text =
    textOf(output) ??
    firstText(output, names.body) ??
    blockText(output) ??
    blockText(field(output, 'content'));
  if (text === null) return null;
  return joined([measured(text, cut), oneLine(text, 110)]);
}

function writeOutput(output: JsonNode): string | null {
  const bytes = firstNumber(output, ['bytes', 'bytes_written', 'size', 'size_bytes']);
  const rows = firstNumber(output, ['rows_written']);
  const rev = firstNumber(output, ['rev', 'revision']);
  if (bytes === null && rows === null && rev === null) return null;
  const facts = [
    bytes !== null && sized(bytes),
    rows !== null && counted(rows, 'rows'),
    rev !== null && `rev ${rev}`,
  ];
  return joined([flagOf(output), ...facts], ', ');
}

/** Counts of a test run, from fields or from the closing line of a test tool; null where there are none. */
export function testCounts(output: JsonNode): { readonly text: string; readonly failed: boolean } | null {
  const text =
    textOf(output) ??
    firstText(output, ['stdout', 'output', 'text', 'summary', 'content']) ??
    blockText(field(output, 'content'));
  const count = (name: string, plain: RegExp): number | null =>
    firstNumber(output, [name, `num_${name}`, `${name}_count`]) ??
    (itemsOf(field(output, name)).length > 0 ? itemsOf(field(output, name)).length : null) ??
    (text === null ? null : lastNumber(text, plain));
  const passed = count('passed', /(\d+) (?:passed|passing)\b/g);
  const failed = count('failed', /(\d+) (?:failed|failing|failures?)\b/g);
  const errors = count('errors', /(\d+) errors?\b/g);
  const skipped = count('skipped', /(\d+) skipped\b/g);
  if (passed === null && failed === null) return null;
  const seconds = firstNumber(output, ['seconds', 'duration_s', 'duration_seconds']);
  const facts = [
    passed !== null && `${passed} passed`,
    failed !== null && failed > 0 && `${failed} failed`,
    errors !== null && errors > 0 && counted(errors, 'errors'),
    skipped !== null && skipped > 0 && `${skipped} skipped`,
    seconds !== null && `${seconds} s`,
  ];
  return { text: joined(facts, ', '), failed: (failed ?? 0) > 0 || (errors ?? 0) > 0 };
}

function lastNumber(text: string, pattern: RegExp): number | null {
  const found = [...text.slice(-20_000).matchAll(pattern)].at(-1);
  return found === undefined ? null : Number(found[1]);
}
