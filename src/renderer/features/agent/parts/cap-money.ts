import { formatMoney } from '../../../ui/format.ts';

/** A cap as people write caps, with two decimals: `$2.50`; one that is finer than a cent keeps its six. */
export function capMoney(micros: number): string {
  const text = formatMoney(micros);
  return micros % 10_000 === 0 ? text.slice(0, -4) : text;
}
