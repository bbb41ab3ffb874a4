import { field } from '../json/build.ts';
import type { JsonNode } from '../json/tree.ts';
import { firstField, firstText } from './summary-text.ts';

const dollars = [
  'cost_usd',
  'total_cost_usd',
  'costUSD',
  'costUsd',
  'usd_cost',
  'response_cost',
  'cost_dollars',
];
const micros = ['cost_micro_usd', 'cost_usd_micros', 'cost_micros', 'cost_microdollars'];
const bare = ['cost', 'total_cost', 'totalCost'];

/** A cost in whole micro-dollars, and the keys that lead to it in its side of the call. */
export type StatedCost = {
  readonly micros: number;
  readonly side: 'input' | 'output';
  readonly keys: readonly string[];
};

/** The micro-dollars of `statedCost`, else null. */
export function costOf(input: JsonNode | null, output: JsonNode | null): number | null {
  return statedCost(input, output)?.micros ?? null;
}

/**
 * The cost that the record of a call itself states, in whole micro-dollars (halves round up), else null. Names that
 * say dollars count anywhere; a bare `cost` counts in `usage`, or beside a model, tokens or usage, and not in
 * another currency: the price of a thing that a tool found is not the cost of the call.
 */
export function statedCost(input: JsonNode | null, output: JsonNode | null): StatedCost | null {
  const places = ['usage', 'usage_metadata', 'metadata', 'meta', '_meta', '_hidden_params'];
  const stated =
    statedIn(output, []) ??
    firstOf(places, (name) => statedIn(field(output, name) ?? null, [name])) ??
    bareCost(field(output, 'usage') ?? null, ['usage']);
  if (stated !== null) return { ...stated, side: 'output' };
  const metered =
    firstField(output, [
      'usage',
      'model',
      'tokens',
      'total_tokens',
      'choices',
      'input_tokens',
      'prompt_tokens',
    ]) ?? firstField(input, ['model', 'messages', 'prompt']);
  const bareOne = metered === null ? null : bareCost(output, []);
  if (bareOne !== null) return { ...bareOne, side: 'output' };
  const before = statedIn(input, []);
  return before === null ? null : { ...before, side: 'input' };
}

type Found = { readonly micros: number; readonly keys: readonly string[] };

function firstOf<T>(names: readonly string[], find: (name: string) => T | null): T | null {
  for (const name of names) {
    const value = find(name);
    if (value !== null) return value;
  }
  return null;
}

function found(node: JsonNode | undefined, shift: number, keys: readonly string[]): Found | null {
  const cost = toMicros(node, shift);
  return cost === null ? null : { micros: cost, keys };
}

function statedIn(node: JsonNode | null, at: readonly string[]): Found | null {
  return (
    firstOf(dollars, (name) => found(field(node, name), 6, [...at, name])) ??
    firstOf(micros, (name) => found(field(node, name), 0, [...at, name])) ??
    found(field(firstField(node, ['costDollars']), 'total'), 6, [...at, 'costDollars', 'total'])
  );
}

function bareCost(node: JsonNode | null, at: readonly string[]): Found | null {
  const currency = firstText(node, ['currency', 'cost_currency']);
  if (currency !== null && !/^(?:usd|\$|us\$)$/i.test(currency.trim())) return null;
  const name = bare.find((key) => firstField(node, [key]) !== null);
  if (name === undefined) return null;
  const cost = field(node, name);
  if (cost?.kind !== 'object') return found(cost, 6, [...at, name]);
  const inner = ['usd', 'total_usd', 'total'].find((key) => firstField(cost, [key]) !== null);
  return inner === undefined ? null : found(field(cost, inner), 6, [...at, name, inner]);
}

/** A decimal text times ten to the `shift`, as a whole number; by its digits, so nothing is lost in a double. */
function toMicros(node: JsonNode | undefined, shift: number): number | null {
  const text =
    node?.kind === 'int' || node?.kind === 'float'
      ? node.text
      : node?.kind === 'string'
        ? node.value.trim()
        : '';
  const match = /^\$?(\d{1,30})(?:\.(\d{1,60}))?(?:[eE]([+-]?\d{1,3}))?$/.exec(text);
  if (match === null) return null;
  const fraction = match[2] ?? '';
  const digits = BigInt(match[1]! + fraction);
  const power = Number(match[3] ?? '0') - fraction.length + shift;
  const scale = 10n ** BigInt(Math.abs(power));
  const whole = power >= 0 ? digits * scale : (digits * 2n + scale) / (scale * 2n);
  return whole <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(whole) : null;
}
