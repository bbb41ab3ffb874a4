import { boolOf, field, itemsOf, textOf } from '../json/build.ts';
import { parseJson } from '../json/parse.ts';
import type { JsonNode } from '../json/tree.ts';
import type { ToolKind } from '../../contract/vek.ts';
import { firstField, firstNumber, firstText, inline, isNested, joined, oneLine } from './summary-text.ts';
import { names } from './summary-words.ts';

/** The first words of the error that an output reports, or null where it reports none. */
export function failureOf(kind: ToolKind, output: JsonNode): string | null {
  if (output.kind === 'string') return failureOfText(kind, output.value);
  if (output.kind === 'array') return failureOfBlocks(output);
  if (output.kind !== 'object') return null;
  const why = reasonOf(output);
  const exit = exitCodeOf(output);
  if (exit !== null && exit !== 0) {
    return joined([
      `exit ${exit}`,
      why ?? wordsOf(firstText(output, ['stderr', 'stdout', 'output', 'text', 'content'])),
    ]);
  }
  const status = httpStatusOf(output);
  if (status !== null && status >= 400) {
    return joined([
      String(status),
      why ?? wordsOf(firstText(output, ['message', 'detail', 'reason', 'text', 'body', 'content'])),
    ]);
  }
  if (why !== null) return why;
  if (isTrue(output, ['isError', 'is_error']))
    return wordsOf(blockText(field(output, 'content'))) ?? said(output) ?? 'failed';
  if (isTrue(output, ['timed_out', 'timedOut', 'timeout'])) return 'timed out';
  if (isFalse(output, ['ok', 'success', 'succeeded'])) return said(output) ?? 'failed';
  const word = firstText(output, ['status', 'state', 'outcome', 'type']);
  if (word !== null && /^(?:error|errored|failed|failure|timeout|timed_out|denied)$/i.test(word)) {
    return said(output) ?? oneLine(word, 40);
  }
  return null;
}

/** The exit code of a process, also where a tool keeps it under `metadata`. */
export function exitCodeOf(output: JsonNode): number | null {
  const direct = firstNumber(output, names.exit) ?? firstNumber(field(output, 'metadata'), names.exit);
  if (direct !== null) return direct;
  return firstField(output, ['stdout', 'stderr']) === null ? null : firstNumber(output, ['code', 'status']);
}

/** An HTTP status, where the output holds one; a `code` is one only beside a message. */
export function httpStatusOf(output: JsonNode): number | null {
  const status =
    firstNumber(output, names.status) ??
    firstNumber(field(output, 'response') ?? null, names.status) ??
    (firstText(output, ['message', 'msg', 'error', 'reason']) === null
      ? null
      : firstNumber(output, ['code']));
  return status !== null && Number.isInteger(status) && status >= 100 && status < 600 ? status : null;
}

/** The texts of content blocks (`[{"type":"text","text":…}]`) as one text, or null where these are none. */
export function blockText(node: JsonNode | null | undefined): string | null {
  const blocks = itemsOf(node);
  if (blocks.length === 0 || !blocks.every((block) => textOf(field(block, 'type')) !== null)) return null;
  return blocks.flatMap((block) => textOf(field(block, 'text')) ?? []).join('\n');
}

/** JSON that a tool returned as a text, or null. */
export function jsonInside(text: string): JsonNode | null {
  if (text.length > 65_536 || !/^\s*[[{]/.test(text)) return null;
  const result = parseJson(text);
  return result.ok && isNested(result.node) ? result.node : null;
}

const errorNames = ['error', 'err', 'exception', 'errors', 'traceback', 'error_message', 'errorMessage'];

function reasonOf(output: JsonNode): string | null {
  for (const name of errorNames) {
    const words = wordsOfError(field(output, name));
    if (words !== null) return words;
  }
  return null;
}

function wordsOfError(error: JsonNode | undefined): string | null {
  switch (error?.kind) {
    case 'string':
      return wordsOf(error.value);
    case 'bool':
      return error.value ? 'failed' : null;
    case 'array': {
      const first = error.items[0];
      return first === undefined ? null : (wordsOfError(first) ?? 'failed');
    }
    case 'object': {
      if (error.entries.length === 0) return null;
      const message = firstText(error, ['message', 'msg', 'detail', 'reason', 'error', 'text', 'title']);
      const type = firstField(error, ['type', 'code', 'kind', 'name']);
      if (message === null) return oneLine(inline(error));
      return oneLine(joined([type === null ? null : inline(type, 1), message], ': '));
    }
    case 'int':
    case 'float':
      return Number(error.text) === 0 ? null : `error ${oneLine(error.text, 40)}`;
    default:
      return null;
  }
}

const errorStart =
  /^\s*(?:[\w.]*(?:error|exception)(?:\s*\[[^\]]*\])?:|fatal:|panic:|error (?:executing|calling|running|while|in)\b|command failed)/i;
const traceback = /^\s*traceback \(most recent call last\)/i;

function failureOfText(kind: ToolKind, text: string): string | null {
  if (kind === 'model' || (kind === 'read' && text.length > 400)) return null;
  const inner = kind === 'read' ? null : jsonInside(text);
  if (inner?.kind === 'object') return failureOf(kind, inner);
  const start = text.slice(0, 200);
  return traceback.test(start) || errorStart.test(start) ? wordsOf(text) : null;
}

function failureOfBlocks(blocks: JsonNode): string | null {
  const bad = itemsOf(blocks).find((block) => isTrue(block, ['isError', 'is_error']));
  return bad === undefined ? null : (said(bad) ?? 'failed');
}

/** First words of a text; of a Python traceback its last line, which names the error. */
function wordsOf(text: string | null): string | null {
  if (text === null || text.trim() === '') return null;
  return oneLine(traceback.test(text) ? (text.trimEnd().split('\n').at(-1) ?? text) : text);
}

function said(output: JsonNode): string | null {
  return (
    wordsOf(
      firstText(output, [
        'message',
        'reason',
        'detail',
        'details',
        'stderr',
        'text',
        'output',
        'content',
        'result',
      ]),
    ) ?? wordsOf(blockText(field(output, 'content')))
  );
}

function isTrue(node: JsonNode, keys: readonly string[]): boolean {
  return keys.some((key) => boolOf(field(node, key)) === true);
}

function isFalse(node: JsonNode, keys: readonly string[]): boolean {
  return keys.some((key) => boolOf(field(node, key)) === false);
}
