import type { LedgerFinding, LedgerUnknown } from '../../../src/contract/ledger-report.ts';
import { checkLedger } from '../../../src/core/aex/check/check.ts';
import { copyGoldenLedger } from './golden-copies.ts';
import { tamper } from './tamper.ts';
import type { Tampered, Way } from './tamper-tools.ts';

/** A moment after everything that the goldens hold. */
const nowMicros = Date.UTC(2026, 5, 1) * 1_000;

/** Findings beside notices of a golden ledger after something was done to it; null: it has nothing of the kind. */
export async function tamperedGolden(
  base: string,
  way: Way,
  seed: number,
): Promise<{
  readonly done: Tampered;
  readonly findings: readonly LedgerFinding[];
  readonly unknown: readonly LedgerUnknown[];
} | null> {
  const { paths, drop } = copyGoldenLedger(base);
  try {
    let state = seed * 7_919;
    const random = (below: number): number => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
      return Math.floor((state / 0x80000000) * below);
    };
    random(7);
    const done = tamper(paths.db, way, random);
    if (done === null) return null;
    const checked = await checkLedger(paths, { dataDir: null, nowMicros });
    if (!checked.ok) throw new Error(checked.error.message);
    const { findings, unknown } = checked.value;
    return { done, findings: findings.filter(({ severity }) => severity !== 'notice'), unknown };
  } finally {
    drop();
  }
}

/** Each way on copies of golden ledgers that was not told as one error of its kind at its place. */
export async function notOneStory(
  ways: Readonly<Record<string, Way>>,
  bases: readonly string[],
  seeds: readonly number[],
): Promise<{ readonly misses: readonly unknown[]; readonly tried: number }> {
  const misses: unknown[] = [];
  let tried = 0;
  for (const [name, way] of Object.entries(ways)) {
    for (const base of bases) {
      for (const seed of seeds) {
        const result = await tamperedGolden(base, way, seed);
        if (result === null) continue;
        tried += 1;
        const { done, findings } = result;
        const [one] = findings;
        if (findings.length !== 1 || one?.severity !== 'error' || !isOf(one, done)) {
          misses.push({
            name,
            base,
            seed,
            done,
            findings: findings.slice(0, 6).map(({ message }) => message),
          });
        }
      }
    }
  }
  return { misses, tried };
}

function isOf(one: LedgerFinding, { kinds, seq, execution, agent }: Tampered): boolean {
  return (
    (kinds.length === 0 || kinds.includes(one.kind)) &&
    (seq === undefined || one.seq === seq) &&
    (execution === undefined || one.executionId === execution) &&
    (agent === undefined || one.agent === agent)
  );
}
