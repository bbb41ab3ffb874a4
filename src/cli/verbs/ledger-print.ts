import { lookAtLedger, type LedgerLook } from '../../core/aex/store.ts';
import type { LedgerCall, LedgerOutput } from '../ledger-scene.ts';
import { EXIT } from '../output.ts';
import { createSpool } from '../spool.ts';

/** Prints what one look at a ledger gives, piece by piece, so that its length does not matter. Returns the exit code. */
export async function printEach(
  { paths, out }: LedgerCall,
  print: (look: LedgerLook, write: (text: string) => void) => void,
): Promise<number> {
  const spool = createSpool();
  const looked = lookAtLedger(paths, (look) => {
    spool.reset();
    print(look, (text) => spool.write(text));
  });
  if (!looked.ok) {
    spool.drop();
    return out.failure(looked.error);
  }
  await spool.flush();
  return EXIT.fine;
}

/** Writes a JSON list. */
export function writeList<T>(
  out: LedgerOutput,
  rows: Iterable<T>,
  plain: (row: T) => unknown,
  write: (text: string) => void,
): void {
  let count = 0;
  for (const row of rows) write(`${count++ === 0 ? '[' : ','}${out.item(plain(row))}`);
  write(count === 0 ? '[]\n' : ']\n');
}
