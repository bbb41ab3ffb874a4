import { microsOf } from '../records/match.ts';

export { microsOf };

/**
 * Rounds as Python's `round` does: of the exact value of the double, and a tie to the even digit
 * (formats/atomic-agents.md §7–§8 state every figure by it).
 */
export function roundEven(value: number, digits: number): number {
  if (!Number.isFinite(value) || value === 0) return value;
  const { mantissa, exponent } = parts(Math.abs(value));
  if (exponent >= 0) return value;
  const scaled = mantissa * 10n ** BigInt(digits);
  const unit = 1n << BigInt(-exponent);
  const low = scaled / unit;
  const twice = (scaled % unit) * 2n;
  const up = twice > unit || (twice === unit && low % 2n === 1n);
  const text = String(up ? low + 1n : low).padStart(digits + 1, '0');
  const at = text.length - digits;
  return Math.sign(value) * Number(`${text.slice(0, at)}.${text.slice(at)}`);
}

/** A double as a whole number and a power of two. */
function parts(value: number): { readonly mantissa: bigint; readonly exponent: number } {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  const power = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xf_ffff_ffff_ffffn;
  return power === 0
    ? { mantissa: fraction, exponent: -1074 }
    : { mantissa: fraction | (1n << 52n), exponent: power - 1075 };
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

/** Made once: `toLocaleString` makes one at each call, which is most of the time of a report. */
const grouped = new Intl.NumberFormat('en-US');

/** `1 run`, `2 runs`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${grouped.format(count)} ${count === 1 ? one : many}`;
}
