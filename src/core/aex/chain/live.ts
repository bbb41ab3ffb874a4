import { pythonInt } from '../rules/python-value.ts';
import { tidy, type ExactMicro } from './amount.ts';

/** A counter of an agent's row, read with safe integers, as Python's `int()` takes it; null: it is no integer. */
export function liveMicro(value: unknown): ExactMicro | null {
  if (typeof value === 'bigint') return tidy(value);
  if (typeof value === 'number' && Number.isFinite(value)) return tidy(BigInt(Math.trunc(value)));
  if (typeof value !== 'string') return null;
  const integer = pythonInt({ kind: 'string', value });
  return integer === null ? null : tidy(integer);
}
