import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJson } from '../json/parse.ts';
import { get } from '../json/pointer.ts';
import type { JsonNode } from '../json/tree.ts';
import { usageOf } from './usage-of.ts';

function node(value: unknown): JsonNode {
  const result = parseJson(typeof value === 'string' ? value : JSON.stringify(value));
  if (!result.ok) throw new Error(result.error.message);
  return result.node;
}

function stated(input: unknown, output: unknown): Record<string, unknown> {
  return Object.fromEntries(usageOf(node(input), node(output)).map((fact) => [fact.kind, fact.value]));
}

describe('what a call states about itself', () => {
  it('is read from an answer of OpenAI', () => {
    const output = {
      model: 'gpt-5-mini-2026-01',
      choices: [{ finish_reason: 'stop', message: { role: 'assistant', content: 'Done.' } }],
      usage: {
        prompt_tokens: 812,
        completion_tokens: 390,
        total_tokens: 1202,
        prompt_tokens_details: { cached_tokens: 640 },
        completion_tokens_details: { reasoning_tokens: 128 },
      },
    };
    expect(stated({ model: 'gpt-5-mini' }, output)).toEqual({
      model: 'gpt-5-mini-2026-01',
      finish: 'stop',
      'input-tokens': 812,
      'output-tokens': 390,
      'total-tokens': 1202,
      'cached-tokens': 640,
      'reasoning-tokens': 128,
    });
  });

  it('is read from an answer of Anthropic, whose totals are not added up for it', () => {
    const output = {
      model: 'claude-sonnet-4-6',
      stop_reason: 'end_turn',
      usage: {
        input_tokens: 12,
        output_tokens: 34,
        cache_read_input_tokens: 5000,
        cache_creation_input_tokens: 7,
      },
    };
    expect(stated({}, output)).toEqual({
      model: 'claude-sonnet-4-6',
      finish: 'end_turn',
      'input-tokens': 12,
      'output-tokens': 34,
      'cached-tokens': 5000,
      'cache-write-tokens': 7,
    });
  });

  it('is read from an answer of Gemini', () => {
    const output = {
      candidates: [{ finishReason: 'STOP' }],
      modelVersion: 'gemini-3-pro',
      usageMetadata: {
        promptTokenCount: 4,
        candidatesTokenCount: 5,
        totalTokenCount: 17,
        thoughtsTokenCount: 8,
        cachedContentTokenCount: 2,
      },
    };
    expect(stated({}, output)).toEqual({
      model: 'gemini-3-pro',
      finish: 'STOP',
      'input-tokens': 4,
      'output-tokens': 5,
      'total-tokens': 17,
      'cached-tokens': 2,
      'reasoning-tokens': 8,
    });
  });

  it('says with each value where it stands', () => {
    const input = { model: 'm' };
    const output = { usage: { total_tokens: 3, cost_usd: 0.5 }, duration_ms: 8310.5 };
    expect(usageOf(node(input), node(output))).toEqual([
      { kind: 'model', value: 'm', side: 'input', pointer: '/model' },
      { kind: 'total-tokens', value: 3, side: 'output', pointer: '/usage/total_tokens' },
      { kind: 'duration', value: 8_310_500, side: 'output', pointer: '/duration_ms' },
      { kind: 'cost', value: 500_000, side: 'output', pointer: '/usage/cost_usd' },
    ]);
  });

  it('a zero that is stated is a value', () => {
    expect(stated({}, { usage: { prompt_tokens: 0, completion_tokens: 0 } })).toEqual({
      'input-tokens': 0,
      'output-tokens': 0,
    });
  });

  it.each([
    ['a count without a word for tokens', { input: 3, output: 4, total: 7 }],
    ['a duration without its unit', { duration: 12 }],
    ['counts that are none', { usage: { prompt_tokens: -1, completion_tokens: 1.5, total_tokens: '12' } }],
    ['a number beyond sense', '{"usage":{"total_tokens":99999999999999999999}}'],
    ['endless time', '{"duration_ms":1e400}'],
    ['blank names', { model: ' ', finish_reason: '' }],
  ])('%s is not told', (_, output) => {
    expect(usageOf(node({}), node(output))).toEqual([]);
  });

  it('nothing is known of sides that can’t be read', () => {
    expect(usageOf(null, null)).toEqual([]);
  });

  it('every pointer leads to the value', () => {
    const name = fc.constantFrom(
      'model',
      'usage',
      'total_tokens',
      'cost_usd',
      'duration_ms',
      'message',
      'a/~b',
    );
    const value = fc.letrec((tie) => ({
      node: fc.oneof(
        { depthSize: 'medium' },
        fc.integer({ min: 0, max: 1e9 }),
        fc.string(),
        fc.dictionary(name, tie('node')),
      ),
    })).node;
    fc.assert(
      fc.property(fc.dictionary(name, value), fc.dictionary(name, value), (input, output) => {
        const sides = { input: node(input), output: node(output) };
        for (const fact of usageOf(sides.input, sides.output)) {
          const there = get(sides[fact.side], fact.pointer);
          expect(there?.kind).toMatch(typeof fact.value === 'string' ? /string/ : /int|float|string/);
        }
      }),
    );
  });
});
