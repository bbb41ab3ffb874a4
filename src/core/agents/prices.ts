/**
 * Prices and what a call costs by them (formats/atomic-agents.md §5). Rates are billionths of a dollar for a token:
 * $3 for a million tokens is 3000. So every cost is an integer and sums are exact.
 */
export type Rate = {
  readonly inNanos: number;
  readonly outNanos: number;
  /** input only, and rounded up instead of to the nearest */
  readonly embedding: boolean;
};

const chat = (input: number, output: number): Rate => ({
  inNanos: Math.round(input * 1000),
  outNanos: Math.round(output * 1000),
  embedding: false,
});
const embedding = (input: number): Rate => ({
  inNanos: Math.round(input * 1000),
  outNanos: 0,
  embedding: true,
});

/** Dollars for a million tokens, as the runtime's own table has them. */
export const PRICES: ReadonlyMap<string, Rate> = new Map([
  ['claude-opus-4-8', chat(5, 25)],
  ['claude-opus-4-7', chat(5, 25)],
  ['claude-opus-4-7-20260101', chat(5, 25)],
  ['claude-sonnet-4-6', chat(3, 15)],
  ['claude-sonnet-4-6-20260101', chat(3, 15)],
  ['claude-haiku-4-5', chat(0.8, 4)],
  ['claude-haiku-4-5-20251001', chat(0.8, 4)],
  ['gpt-5', chat(5, 20)],
  ['gpt-5-mini', chat(0.5, 2)],
  ['gpt-5-nano', chat(0.1, 0.5)],
  ['moonshot/moonshot-v1-8k', chat(0.3, 1.2)],
  ['moonshot/moonshot-v1-32k', chat(0.3, 1.2)],
  ['moonshot/moonshot-v1-128k', chat(0.3, 1.2)],
  ['moonshot/kimi-k2.6', chat(0.3, 1.2)],
  ['moonshot/kimi-2.6', chat(0.3, 1.2)],
  ['moonshot/kimi-k2.5', chat(0.3, 1.2)],
  ['moonshot/kimi-k2-0905-preview', chat(0.3, 1.2)],
  ['moonshot/kimi-k2-0711-preview', chat(0.3, 1.2)],
  ['vertex/gemini-2.5-pro', chat(1.25, 10)],
  ['vertex/gemini-2.5-flash', chat(0.3, 2.5)],
  ['vertex/gemini-2.0-flash', chat(0.1, 0.4)],
  ['vertex/gemini-2.0-flash-lite', chat(0.075, 0.3)],
  ['text-embedding-3-small', embedding(0.02)],
  ['text-embedding-3-large', embedding(0.13)],
  ['text-embedding-ada-002', embedding(0.1)],
]);

/** The highest rates of the table, by which the runtime counts a model it does not know. */
export const HIGHEST: Rate = {
  inNanos: Math.max(...[...PRICES.values()].filter((r) => !r.embedding).map((r) => r.inNanos)),
  outNanos: Math.max(...[...PRICES.values()].map((r) => r.outNanos)),
  embedding: false,
};

/** The price of a model, or null where the table has none. */
export function rateOf(model: string | null): Rate | null {
  return model === null ? null : (PRICES.get(model) ?? null);
}

/**
 * What a call costs by the table, in billionths of a dollar and already rounded to six decimals as the runtime does;
 * null where the model has no price. `hit` are the cached tokens within `input`; they cost a tenth.
 */
export function recompute(model: string | null, input: number, output: number, hit: number): number | null {
  const rate = rateOf(model);
  return rate === null ? null : costNanosAt(rate, input, output, hit);
}

/**
 * The same at a given rate. The runtime adds three doubles and rounds their sum, so a half may fall to either side; the
 * same steps are taken here, or correct records would seem to differ by a micro-dollar.
 */
export function costNanosAt(rate: Rate, input: number, output: number, hit: number): number {
  const dollars = { input: rate.inNanos / 1000, output: rate.outNanos / 1000 };
  if (rate.embedding) return Math.ceil(Math.max(0, input) * dollars.input) * 1000;
  const cached = (hit * dollars.input * 0.1) / 1e6;
  const uncached = (Math.max(0, input - hit) * dollars.input) / 1e6;
  return microsLikePython(cached + uncached + (output * dollars.output) / 1e6) * 1000;
}

/** Python's `round(x, 6)` in millionths: by the exact value of the double, which is a tie only at odd 128ths. */
function microsLikePython(value: number): number {
  const near = value * 1e6;
  const low = Math.floor(near);
  const rest = near - low;
  if (Math.abs(rest - 0.5) > 1e-4) return rest > 0.5 ? low + 1 : low;
  if (Number.isInteger(value * 128)) return low % 2 === 0 ? low : low + 1;
  return Math.round(Number(value.toFixed(6)) * 1e6);
}

/** Who serves a model, by its name (§7): Vertex models are “other”, as in the runtime's dashboard. */
export function providerOf(model: string | null): string {
  if (model === null) return 'other';
  if (model.startsWith('claude-')) return 'anthropic';
  if (model.startsWith('gpt-')) return 'openai';
  if (model.startsWith('moonshot/')) return 'moonshot';
  const name = model.toLowerCase();
  return model.startsWith('local/') || name.includes('qwen') || name.includes('llama') ? 'local' : 'other';
}
