import { describe, expect, it } from 'vitest';
import { parseJson } from '../json/parse.ts';
import type { JsonNode } from '../json/tree.ts';
import { costOf } from './summary.ts';

function node(text: string): JsonNode {
  const result = parseJson(text);
  if (!result.ok) throw new Error(result.error.message);
  return result.node;
}

describe('costOf', () => {
  it.each([
    ['{}', '{"cost_usd":0.00031}', 310],
    ['{}', '{"cost_usd":"$0.25"}', 250_000],
    ['{}', '{"total_cost_usd":3.1e-4}', 310],
    ['{}', '{"usage":{"cost":0.1}}', 100_000],
    ['{}', '{"usage":{"cost_usd":1}}', 1_000_000],
    ['{}', '{"_hidden_params":{"response_cost":0.000002}}', 2],
    ['{}', '{"costDollars":{"total":0.005}}', 5_000],
    ['{}', '{"cost_micro_usd":17}', 17],
    ['{}', '{"cost_usd":0.0000005}', 1],
    ['{}', '{"cost_usd":0.00000049}', 0],
    ['{}', '{"cost_usd":1.0000015}', 1_000_002],
    ['{}', '{"cost_usd":0.1000000000000000055}', 100_000],
    ['{"model":"m"}', '{"cost":0.5}', 500_000],
    ['{"prompt":"p"}', '{"cost":0.5}', 500_000],
    ['{}', '{"usage":{},"metadata":{"cost_usd":0.2}}', 200_000],
    ['{}', '{"cost":0.5,"usage":{}}', 500_000],
    ['{"model":"m"}', '{"cost":0.5,"currency":"EUR"}', null],
    ['{}', '{"name":"Hotel","cost":120}', null],
    ['{}', '{"cost_usd":-1}', null],
    ['{}', '{"cost_usd":NaN}', null],
    ['{}', '{"cost_usd":1e400}', null],
    ['{}', '{"cost_usd":1e999999}', null],
    ['{}', '{"cost_usd":null}', null],
    ['{}', '[]', null],
  ])('%s → %s is %s', (input, output, expected) => {
    expect(costOf(node(input), node(output))).toBe(expected);
  });

  it('knows nothing of missing values', () => {
    expect(costOf(null, null)).toBeNull();
  });
});
