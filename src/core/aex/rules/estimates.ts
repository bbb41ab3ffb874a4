import { field } from '../../json/build.ts';
import type { JsonNode } from '../../json/tree.ts';
import { codePoints, pythonInt, pythonStr, pythonTruth } from './python-value.ts';

/** Price of a model in micro-dollars per token, and the most tokens it answers with. */
export type ModelPrice = {
  readonly inputMicro: number;
  readonly outputMicro: number;
  readonly maxTokens: number;
};

/** What an estimate is made of. */
export type Estimate = {
  /** the text whose characters are counted */
  readonly text: string;
  readonly inputTokens: number;
  /** 0 for embeddings, which have no output */
  readonly outputTokens: number;
  readonly micro: number;
};

/**
 * What AEX reserves for a request, by the end of its path (formats/aex.md §7). Null: another endpoint, or a body for
 * which the original fails (a limit of tokens that is no number, messages that are no list).
 */
export function estimateOf(endpoint: string, body: JsonNode, price: ModelPrice): Estimate | null {
  if (body.kind !== 'object') return null;
  if (endpoint.endsWith('/chat/completions')) {
    const text = chatText(field(body, 'messages'));
    return text === null ? null : priced(text, tokensOf(price, field(body, 'max_tokens')), price);
  }
  if (endpoint.endsWith('/responses')) {
    const tokens = tokensOf(price, field(body, 'max_output_tokens'), field(body, 'max_tokens'));
    return priced(inputText(body), tokens, price);
  }
  if (endpoint.endsWith('/embeddings')) {
    const text = inputText(body);
    const inputTokens = Math.max(1, Math.floor(codePoints(text) / 4));
    return { text, inputTokens, outputTokens: 0, micro: inputTokens * price.inputMicro };
  }
  return null;
}

function priced(text: string, outputTokens: number | null, price: ModelPrice): Estimate | null {
  if (outputTokens === null) return null;
  const inputTokens = Math.floor(codePoints(text) / 4);
  const micro = inputTokens * price.inputMicro + outputTokens * price.outputMicro;
  return { text, inputTokens, outputTokens, micro };
}

/** The first of the values that counts as true, else the model's own limit; null: it is no number. */
function tokensOf(price: ModelPrice, ...values: readonly (JsonNode | undefined)[]): number | null {
  const named = values.find(pythonTruth);
  if (named === undefined) return price.maxTokens;
  const tokens = pythonInt(named);
  return tokens === null ? null : Number(tokens);
}

function chatText(messages: JsonNode | undefined): string | null {
  if (messages === undefined) return '';
  if (messages.kind !== 'array') return null;
  return messages.items
    .map((message) => {
      const content = field(message, 'content');
      return content === undefined ? '' : pythonStr(content);
    })
    .join('');
}

function inputText(body: JsonNode): string {
  const input = field(body, 'input');
  if (input === undefined) return '';
  return input.kind === 'array' ? input.items.map(pythonStr).join('') : pythonStr(input);
}

const usualToolMicro = 500n;
const mostToolMicro = 10_000_000n;

/** Micro-dollars of one run of a tool, by its manifest (formats/aex.md §7). */
export function toolCost(manifest: JsonNode): number {
  const named = field(manifest, 'cost_micro');
  const value =
    named === undefined || named.kind === 'null' ? field(manifest, 'estimated_cost_micro') : named;
  const cost = value === undefined ? usualToolMicro : (pythonInt(value) ?? usualToolMicro);
  return Number(cost < 0n ? 0n : cost > mostToolMicro ? mostToolMicro : cost);
}
