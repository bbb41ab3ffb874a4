import { microsOf } from '../records/match.ts';

export { microsOf };

/**
 * Rounds as Python's `round` does: of the exact value of the double, and a tie to the even digit
 * (formats/atomic-agents.md §7–§8 state every figure by it).
 */
export function roundEven(value: number, digits: number): number {
  if (!Number.isFinite(value)) return value;
  const sign = value < 0 || Object.is(value, -0) ? -1 : 1;
  // 100 digits are the whole decimal expansion wherever a tie is possible
  const [whole = '0', fraction = ''] = Math.abs(value).toFixed(100).split('.');
  const kept = BigInt(whole + fraction.slice(0, digits));
  const rest = fraction.slice(digits);
  const half = `5${'0'.repeat(rest.length - 1)}`;
  const up = rest > half || (rest === half && kept % 2n === 1n);
  const text = String(up ? kept + 1n : kept).padStart(digits + 1, '0');
  const at = text.length - digits;
  return sign * Number(`${text.slice(0, at)}.${text.slice(at)}`);
}

/** Millionths of a dollar as dollars, for figures that are dollars (`expected.json`). */
export function dollarsOf(micros: number): number {
  return micros / 1_000_000;
}

/** Billionths of a dollar as dollars, rounded to six places. */
export function dollarsOfNanos(nanos: number): number {
  return dollarsOf(microsOf(nanos));
}

/** A share as `12.3 %`, for words. */
export function percentWords(share: number): string {
  return `${roundEven(share * 100, 1)} %`;
}

/** Money in words: six places, so that nothing that was logged is rounded away. */
export function moneyWords(micros: number): string {
  return `$${(micros / 1_000_000).toFixed(6)}`;
}

/** A signed number in words. */
export function signed(value: number): string {
  return value > 0 ? `+${value}` : String(value);
}

/** `1 run`, `2 runs`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`;
}
