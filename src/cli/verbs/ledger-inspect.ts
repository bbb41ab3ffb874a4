import { checkLedger } from '../../core/aex/check/check.ts';
import { formMasker } from '../../core/aex/secrets.ts';
import { lookAtLedger } from '../../core/aex/store.ts';
import { maskerIn } from '../../core/aex/tokens.ts';
import { dataDirPath } from '../../core/storage/data-dir.ts';
import type { FoundLedger } from '../../core/workspace/inspect.ts';
import { counted } from '../output.ts';
import { money } from '../table.ts';

/** What a folder's list says of a ledger, which is checked in full for it. */
export async function ledgerVerdict({ paths }: FoundLedger): Promise<{
  readonly state: 'ok' | 'damaged' | 'unreadable';
  readonly summary: string;
}> {
  const looked = lookAtLedger(paths, (look) => ({
    masker: maskerIn(look),
    spent: look.accounts().reduce((sum, { spentMicro }) => sum + (spentMicro ?? 0), 0),
  }));
  const { masker, spent } = looked.ok ? looked.value : { masker: formMasker, spent: 0 };
  const checked = await checkLedger(paths, { dataDir: dataDirPath() });
  if (!checked.ok) {
    const { message, hint } = checked.error;
    return { state: 'unreadable', summary: masker.text(`${message} ${hint}`) };
  }
  const { ok, checked: counts, findings } = checked.value;
  const entries = `${counts.events.toLocaleString('en-US')} ${counts.events === 1 ? 'entry' : 'entries'}`;
  const what = `${entries}, ${counted(counts.agents, 'agent')}, ${money(spent)} spent`;
  if (ok) return { state: 'ok', summary: `${what}; every hash recomputed, every record compared` };
  const wrong = findings.filter(({ severity }) => severity === 'error');
  const first = wrong[0]?.message ?? checked.value.chain.detail;
  return {
    state: 'damaged',
    summary: masker.text(`${what}; ${counted(Math.max(1, wrong.length), 'problem')}: ${first}`),
  };
}
