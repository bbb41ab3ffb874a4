/** Micro-dollars without rounding: a number up to 2^53, a BigInt beyond. */
export type ExactMicro = number | bigint;

/** The sum of two amounts. */
export function plus(a: ExactMicro, b: ExactMicro): ExactMicro {
  if (typeof a === 'number' && typeof b === 'number') {
    const sum = a + b;
    if (Number.isSafeInteger(sum)) return sum;
  }
  return tidy(BigInt(a) + BigInt(b));
}

/** `a` less `b`, but not below zero. */
export function lessDownToZero(a: ExactMicro, b: ExactMicro): ExactMicro {
  const rest = plus(a, -b);
  return rest > 0 ? rest : 0;
}

/** An exact integer in the form in which amounts are compared. */
export function tidy(value: bigint): ExactMicro {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}
