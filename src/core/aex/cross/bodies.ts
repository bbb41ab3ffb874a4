import { field, numberOf, textOf } from '../../json/build.ts';
import { parseJson } from '../../json/parse.ts';
import type { JsonNode } from '../../json/tree.ts';

/** Token counts that a settlement takes from an answer. */
export type Usage = { readonly prompt: number; readonly completion: number };

/**
 * The usage of a stored answer by the rules of formats/aex.md §11; null: it is no JSON object, or its counts are of a
 * kind that can't be told exactly.
 */
export function usageOf(response: string): Usage | null {
  const parsed = parseJson(response);
  if (!parsed.ok || parsed.node.kind !== 'object') return null;
  const usage = field(parsed.node, 'usage');
  if (usage === undefined || !truthy(usage)) return { prompt: 0, completion: 0 };
  if (usage.kind !== 'object') return null;
  const prompt = count(
    field(usage, 'prompt_tokens') ?? field(usage, 'input_tokens') ?? field(usage, 'total_tokens'),
  );
  const completion = count(field(usage, 'completion_tokens') ?? field(usage, 'output_tokens'));
  return prompt === null || completion === null ? null : { prompt, completion };
}

/** The counts of a plain usage block at the end of an answer; null: there is none, so look closer. */
export function tailUsage(tail: string): Usage | null {
  const at = tail.lastIndexOf('"usage": {');
  if (at < 0) return null;
  const end = tail.indexOf('}', at);
  if (end < 0) return null;
  const block = tail.slice(at, end);
  const prompt = /"(?:prompt_tokens|input_tokens)": (\d+)/.exec(block);
  if (prompt === null) return null;
  const completion = /"(?:completion_tokens|output_tokens)": (\d+)/.exec(block);
  return { prompt: Number(prompt[1]), completion: completion === null ? 0 : Number(completion[1]) };
}

function truthy(node: JsonNode): boolean {
  if (node.kind === 'null') return false;
  if (node.kind === 'bool') return node.value;
  if (node.kind === 'int' || node.kind === 'float') return Number(node.text) !== 0;
  if (node.kind === 'string') return node.value !== '';
  return node.kind === 'array' ? node.items.length > 0 : node.entries.length > 0;
}

function count(node: JsonNode | undefined): number | null {
  if (node === undefined || !truthy(node)) return 0;
  if (node.kind === 'bool') return 1;
  const number =
    node.kind === 'int' || node.kind === 'float'
      ? Math.trunc(Number(node.text))
      : node.kind === 'string' && /^\s*[+-]?\d+\s*$/.test(node.value)
        ? Number(node.value)
        : null;
  return number !== null && Number.isSafeInteger(number) ? number : null;
}

/** What a stored error says: `{"detail": …}`, of a denial with its amounts. */
export type ErrorBody = {
  readonly detail: string | null;
  readonly estimated: number | null;
  readonly remaining: number | null;
};

export function errorBody(text: string | null): ErrorBody | null {
  if (text === null || text.length > 1_000_000) return null;
  const parsed = parseJson(text);
  if (!parsed.ok || parsed.node.kind !== 'object') return null;
  return {
    detail: textOf(field(parsed.node, 'detail')),
    estimated: numberOf(field(parsed.node, 'estimated_micro')),
    remaining: numberOf(field(parsed.node, 'remaining_micro')),
  };
}

/** Texts and numbers of the older stream's metadata, where that is an object. */
export function metadataOf(text: unknown): ReadonlyMap<string, string | number | null> | null {
  if (typeof text !== 'string' || !text.startsWith('{') || text.length > 1_000_000) return null;
  const parsed = parseJson(text);
  if (!parsed.ok || parsed.node.kind !== 'object') return null;
  const values = new Map<string, string | number | null>();
  for (const { key, value } of parsed.node.entries) {
    if (value.kind === 'string') values.set(key, value.value);
    else if (value.kind === 'int') values.set(key, Number(value.text));
    else if (value.kind === 'null') values.set(key, null);
  }
  return values;
}

/** The tool that an answer of a tool run names. */
export function toolOf(response: string): string | null {
  const head = /^\{"tool_name": ("(?:[^"\\]|\\.)*")/.exec(response);
  if (head === null) return null;
  const parsed = parseJson(head[1]!);
  return parsed.ok ? textOf(parsed.node) : null;
}

/** The status that AEX stores for a release with such a reason (formats/aex.md §6, §11, §15); null: any. */
export function statusOfReason(reason: string): number | null {
  const upstream = /^(?:Upstream \S+|Streaming upstream) failed with HTTP (\d{3})(?::|$)/.exec(reason);
  if (upstream !== null) return Number(upstream[1]);
  if (reason === 'Recovered stale reservation') return 504;
  if (
    reason === 'Upstream provider error' ||
    reason === 'Streaming relay failed' ||
    reason === 'Streaming ended before settlement' ||
    reason === 'Streaming setup error'
  ) {
    return 502;
  }
  if (
    reason === 'Streaming responses endpoint not yet supported' ||
    reason.startsWith('Tool execution failed: ') ||
    /^max_tokens -?\d+ exceeds limit \d+$/.test(reason)
  ) {
    return 400;
  }
  if (reason === 'Passthrough mode not enabled for this agent') return 403;
  if (/^API key not configured for provider '.*'$/.test(reason)) return 500;
  return null;
}
