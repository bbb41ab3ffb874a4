import type { CallFact, FactKind } from '../../contract/vek.ts';
import { field } from '../json/build.ts';
import type { JsonNode } from '../json/tree.ts';
import { statedCost } from './summary-cost.ts';

type Side = CallFact['side'];

/** A place in a document: the value and the keys that lead there. */
type Place = { readonly node: JsonNode; readonly keys: readonly (string | number)[] };

/** Where models and their gateways put counts: OpenAI, Anthropic, Gemini, LangChain, litellm, Ollama. */
const usagePlaces: readonly (readonly string[])[] = [
  ['usage'],
  ['usage_metadata'],
  ['usageMetadata'],
  ['token_usage'],
  ['tokenUsage'],
  ['response', 'usage'],
  ['message', 'usage'],
  ['message', 'usage_metadata'],
  ['response_metadata', 'token_usage'],
  ['llm_output', 'token_usage'],
  ['metadata', 'usage'],
  ['tokens'],
];

/** The names of each count, the better known first; a path where it stands one level deeper. */
const counts: readonly (readonly [FactKind, readonly (readonly string[])[]])[] = [
  [
    'input-tokens',
    [
      ['prompt_tokens'],
      ['input_tokens'],
      ['promptTokenCount'],
      ['prompt_token_count'],
      ['promptTokens'],
      ['inputTokens'],
      ['prompt_eval_count'],
      ['input'],
      ['prompt'],
    ],
  ],
  [
    'output-tokens',
    [
      ['completion_tokens'],
      ['output_tokens'],
      ['candidatesTokenCount'],
      ['candidates_token_count'],
      ['completionTokens'],
      ['outputTokens'],
      ['eval_count'],
      ['output'],
      ['completion'],
    ],
  ],
  [
    'total-tokens',
    [['total_tokens'], ['totalTokenCount'], ['total_token_count'], ['totalTokens'], ['total']],
  ],
  [
    'cached-tokens',
    [
      ['prompt_tokens_details', 'cached_tokens'],
      ['input_tokens_details', 'cached_tokens'],
      ['input_token_details', 'cache_read'],
      ['cache_read_input_tokens'],
      ['cachedContentTokenCount'],
      ['cached_content_token_count'],
      ['cached_tokens'],
      ['cachedInputTokens'],
    ],
  ],
  [
    'cache-write-tokens',
    [['cache_creation_input_tokens'], ['input_token_details', 'cache_creation'], ['cache_write_tokens']],
  ],
  [
    'reasoning-tokens',
    [
      ['completion_tokens_details', 'reasoning_tokens'],
      ['output_tokens_details', 'reasoning_tokens'],
      ['output_token_details', 'reasoning'],
      ['thoughtsTokenCount'],
      ['thoughts_token_count'],
      ['reasoning_tokens'],
      ['reasoningTokens'],
    ],
  ],
];

const models = [
  ['model'],
  ['model_name'],
  ['modelVersion'],
  ['model_version'],
  ['response_metadata', 'model_name'],
  ['response', 'model'],
  ['message', 'model'],
];

const finishes: readonly (readonly (string | number)[])[] = [
  ['choices', 0, 'finish_reason'],
  ['candidates', 0, 'finishReason'],
  ['stop_reason'],
  ['finish_reason'],
  ['finishReason'],
  ['done_reason'],
  ['response_metadata', 'finish_reason'],
];

/** Names that say their unit, in microseconds a unit. A bare `duration` has none, so it is not read. */
const durations: readonly (readonly [readonly string[], number])[] = [
  [['duration_us', 'duration_micros', 'elapsed_us', 'latency_us'], 1],
  [
    [
      'duration_ms',
      'durationMs',
      'elapsed_ms',
      'elapsedMs',
      'latency_ms',
      'latencyMs',
      'took_ms',
      'response_ms',
      'time_ms',
    ],
    1000,
  ],
  [
    [
      'duration_s',
      'duration_seconds',
      'durationSeconds',
      'elapsed_s',
      'elapsed_seconds',
      'latency_s',
      'latency_seconds',
      'wall_time_s',
      'seconds',
    ],
    1_000_000,
  ],
  [['total_duration', 'duration_ns', 'elapsed_ns'], 0.001],
];

const tokenLimit = 10n ** 15n;

/**
 * What a call states about itself: model, tokens, how it finished, how long it took, what it cost, each with the place
 * where it stands. What is not stated is not in the list: never a zero in its place. A side is null where it can't be read.
 */
export function usageOf(input: JsonNode | null, output: JsonNode | null): readonly CallFact[] {
  const facts: CallFact[] = [];
  const add = (kind: FactKind, value: string | number, side: Side, place: Place): void => {
    facts.push({ kind, value, side, pointer: pointerOf(place.keys) });
  };
  const model = firstText(output, models);
  const asked = model ?? firstText(input, [['model'], ['model_name'], ['engine'], ['deployment']]);
  if (asked !== null) add('model', asked.text, model === null ? 'input' : 'output', asked.place);
  for (const [kind, place, value] of tokensIn(output)) add(kind, value, 'output', place);
  const finish = firstText(output, finishes);
  if (finish !== null) add('finish', finish.text, 'output', finish.place);
  const took = durationIn(output);
  if (took !== null) add('duration', took.micros, 'output', took.place);
  const cost = statedCost(input, output);
  if (cost !== null) {
    facts.push({ kind: 'cost', value: cost.micros, side: cost.side, pointer: pointerOf(cost.keys) });
  }
  return facts;
}

/** The counts of the first place that has any. Counts beside the answer itself count only by names that say tokens. */
function tokensIn(output: JsonNode | null): readonly (readonly [FactKind, Place, number])[] {
  for (const keys of usagePlaces) {
    const usage = follow(output, keys);
    if (usage === null) continue;
    const found = countsAt(usage, true);
    if (found.length > 0) return found;
  }
  return output === null ? [] : countsAt({ node: output, keys: [] }, false);
}

function countsAt(usage: Place, inUsage: boolean): readonly (readonly [FactKind, Place, number])[] {
  return counts.flatMap(([kind, names]) => {
    for (const name of names) {
      const saysTokens = /token|eval_count/i.test(name.join('.'));
      if (!inUsage && !saysTokens) continue;
      const place = follow(usage.node, name);
      const value = place === null ? null : tokenCount(place.node);
      if (place !== null && value !== null) {
        return [[kind, { node: place.node, keys: [...usage.keys, ...name] }, value] as const];
      }
    }
    return [];
  });
}

function tokenCount(node: JsonNode): number | null {
  if (node.kind !== 'int' || !/^\d{1,16}$/.test(node.text)) return null;
  return BigInt(node.text) > tokenLimit ? null : Number(node.text);
}

function durationIn(output: JsonNode | null): { readonly micros: number; readonly place: Place } | null {
  for (const around of [[], ['usage'], ['metadata'], ['meta'], ['_meta'], ['timing']]) {
    for (const [names, unit] of durations) {
      for (const name of names) {
        const place = follow(output, [...around, name]);
        if (place === null || (place.node.kind !== 'int' && place.node.kind !== 'float')) continue;
        const micros = Math.round(Number(place.node.text) * unit);
        if (Number.isSafeInteger(micros) && micros >= 0) return { micros, place };
      }
    }
  }
  return null;
}

function firstText(
  node: JsonNode | null,
  paths: readonly (readonly (string | number)[])[],
): { readonly text: string; readonly place: Place } | null {
  for (const keys of paths) {
    const place = follow(node, keys);
    if (place?.node.kind === 'string' && place.node.value.trim() !== '') {
      return { text: place.node.value, place };
    }
  }
  return null;
}

function follow(node: JsonNode | null, keys: readonly (string | number)[]): Place | null {
  let at: JsonNode | undefined = node ?? undefined;
  for (const key of keys) {
    at = typeof key === 'number' ? (at?.kind === 'array' ? at.items[key] : undefined) : field(at, key);
  }
  return at === undefined ? null : { node: at, keys };
}

function pointerOf(keys: readonly (string | number)[]): string {
  return keys.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
