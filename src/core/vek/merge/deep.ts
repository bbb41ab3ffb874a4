/** A computation that asks for others: each `yield` gives one and gets its value. Write `(yield part) as Value`. */
export type Deep<T> = Generator<Deep<unknown>, T, unknown>;

/** Runs a computation with a stack of its own, so that no depth overflows the engine's. */
export function runDeep<T>(start: Deep<T>): T {
  const stack: Deep<unknown>[] = [start];
  let value: unknown;
  for (;;) {
    const step = stack[stack.length - 1]!.next(value);
    if (step.done !== true) {
      stack.push(step.value);
      value = undefined;
      continue;
    }
    stack.pop();
    if (stack.length === 0) return step.value as T;
    value = step.value;
  }
}
