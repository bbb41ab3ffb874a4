import { checkLedger } from '../../core/aex/check/check.ts';
import { proofText } from '../../core/aex/proof/proof-text.ts';
import { PROOF_SCRIPT } from '../../core/aex/proof/script.ts';
import { lookAtLedger } from '../../core/aex/store.ts';
import { dataDirPath } from '../../core/storage/data-dir.ts';
import type { Call } from '../command.ts';
import { ledgerOf, outputFor } from '../ledger-scene.ts';
import { EXIT, jsonText, safeJson } from '../output.ts';
import { createSpool } from '../spool.ts';

/**
 * Prints the proof of a ledger, JSON with every entry and with what a check found, or the program that checks one. No more of it is held than some
 * entries, whatever its size.
 */
export async function runLedgerProof(call: Call, file: string | undefined): Promise<number> {
  if (call.options['script'] === true) {
    const { json } = call.out;
    process.stdout.write(json ? `${jsonText({ script: PROOF_SCRIPT })}\n` : PROOF_SCRIPT);
    return EXIT.fine;
  }
  const found = ledgerOf(call, file);
  if (!found.ok) return call.out.failure(found.error);
  const { default: product } = await import('../../../package.json', { with: { type: 'json' } });
  const checked = await checkLedger(found.value, { dataDir: dataDirPath() });
  const report = checked.ok ? checked.value : null;
  const made = { version: product.version, madeAt: new Date(), report };
  // A file or pipe gets it as the window saves it.
  const shown = process.stdout.isTTY === true ? safeJson : (text: string): string => text;
  const spool = createSpool();
  const looked = lookAtLedger(found.value, (look) => {
    spool.reset();
    for (const piece of proofText(look, made)) spool.write(shown(piece));
    return null;
  });
  if (!looked.ok) {
    spool.drop();
    return outputFor(call, found.value).failure(looked.error);
  }
  await spool.flush();
  if (report !== null && !report.ok)
    outputFor(call, found.value).note('The ledger does not add up: the proof says what was found.');
  return EXIT.fine;
}
