import { limits } from '../../storage/limits.ts';

/** Counters that the threads of a check share. */
export const CONTROL = {
  /** one of `STATE` */
  state: 0,
  /** spans that were taken */
  taken: 1,
  /** messages that other threads sent, each of them a span or the last one */
  sent: 2,
  /** other threads that have sent everything they read */
  ended: 3,
  /** entries in spans that are read */
  read: 4,
  /** entries that do not fit, also those beyond the room in `broken` */
  broken: 5,
  /** the next task of `tasks.ts` that nobody does yet */
  task: 6,
  size: 7,
} as const;

/** Whether the first thread has its look, which says up to which entry both of them go. */
export const STATE = { waiting: 0, agreed: 1 } as const;

/**
 * What the threads of one check share. `ends`: numbers of the first and last entry. `calls`: numbers of the first and last
 * row of `executions`. `broken`: numbers, unordered.
 */
export type Shared = {
  readonly control: Int32Array<SharedArrayBuffer>;
  readonly ends: Float64Array<SharedArrayBuffer>;
  readonly calls: Float64Array<SharedArrayBuffer>;
  readonly broken: Float64Array<SharedArrayBuffer>;
};

export function makeShared(): Shared {
  return {
    control: new Int32Array(new SharedArrayBuffer(CONTROL.size * 4)),
    ends: new Float64Array(new SharedArrayBuffer(2 * 8)),
    calls: new Float64Array(new SharedArrayBuffer(2 * 8)),
    broken: new Float64Array(new SharedArrayBuffer(limits.ledgerBreaks * 8)),
  };
}

/** Waits until a counter is at least `wanted`; `idle` is called now and then meanwhile. */
export function waitFor(shared: Shared, counter: number, wanted: number, idle: () => void): void {
  const { control } = shared;
  for (let seen = Atomics.load(control, counter); seen < wanted; seen = Atomics.load(control, counter)) {
    Atomics.wait(control, counter, seen, 100);
    idle();
  }
}

/** Sets a counter and wakes who waits for it. */
export function announce(shared: Shared, counter: number, value: number): void {
  Atomics.store(shared.control, counter, value);
  Atomics.notify(shared.control, counter);
}
