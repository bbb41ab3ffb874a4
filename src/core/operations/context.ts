import type { GraphIndex } from '../graph/index.ts';

/** What every write needs from its host. */
export type WriteContext = {
  /** the user's app folder, where the secret of this installation is kept */
  readonly dataDir: string;
  /** microseconds since 1970; the system's clock if left out */
  readonly nowMicros?: () => number;
  /** an index of the repository, of any age: spares reading all calls to tell what a branch alone reaches */
  readonly index?: GraphIndex | null;
  /** called at each step of a write; tests end the process there */
  readonly probe?: (point: KillPoint) => void;
};

/** The steps of a write, in their usual order. A process that dies at any of them leaves a valid repository. */
export const killPoints = [
  'apply-locked',
  'trash-begun',
  'trash-complete',
  'transaction-open',
  'begin-recorded',
  'head-lock-taken',
  'nodes-restored',
  'objects-written',
  'node-written',
  'refs-written',
  'head-prepared',
  'head-replaced',
  'committed',
  'head-lock-returned',
  'done-recorded',
  'recover-locked',
  'recover-head',
  'recover-head-lock',
  'recover-recorded',
] as const;
export type KillPoint = (typeof killPoints)[number];

/** The time by the context's clock, in microseconds since 1970. */
export function nowMicros(ctx: WriteContext): number {
  return ctx.nowMicros?.() ?? Math.round((performance.timeOrigin + performance.now()) * 1000);
}

/** Tells the host which step is reached. */
export function probe(ctx: WriteContext, point: KillPoint): void {
  ctx.probe?.(point);
}
