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

/**
 * The cost that the record of a call itself states, in whole micro-dollars (halves round up), else null. Names that
 * say dollars count anywhere; a bare `cost` counts in `usage`, or beside a model, tokens or usage, and not in
 * another currency: the price of a thing that a tool found is not the cost of the call.
 */
export function costOf(input: JsonNode | null, output: JsonNode | null): number | null {
  const places = ['usage', 'usage_metadata', 'metadata', 'meta', '_meta', '_hidden_params'];
  for (const place of [output, ...places.map((name) => field(output, name) ?? null)]) {
    const stated = statedIn(place);
    if (stated !== null) return stated;
  }
  const ofUsage = bareCost(field(output, 'usage') ?? null);
  if (ofUsage !== null) return ofUsage;
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
  return (metered === null ? null : bareCost(output)) ?? statedIn(input);
}

function statedIn(node: JsonNode | null): number | null {
  for (const name of dollars) {
    const cost = toMicros(field(node, name), 6);
    if (cost !== null) return cost;
  }
  for (const name of micros) {
    const cost = toMicros(field(node, name), 0);
    if (cost !== null) return cost;
  }
  return toMicros(field(firstField(node, ['costDollars']), 'total'), 6);
}

function bareCost(node: JsonNode | null): number | null {
  const currency = firstText(node, ['currency', 'cost_currency']);
  if (currency !== null && !/^(?:usd|\$|us\$)$/i.test(currency.trim())) return null;
  const cost = firstField(node, bare);
  return cost?.kind === 'object'
    ? toMicros(firstField(cost, ['usd', 'total_usd', 'total']) ?? undefined, 6)
    : toMicros(cost ?? undefined, 6);
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
