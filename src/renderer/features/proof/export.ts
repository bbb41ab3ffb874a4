import { PROOF_SCRIPT_NAME } from '../../../contract/ledger-report.ts';
import { create } from 'zustand';
import { attempt } from '../../app/client.ts';
import { api } from '../../app/engine.ts';
import { toast, toastFailure } from '../../state/toasts.ts';
import { baseName, formatBytes } from '../../ui/format.ts';

export type ProofForm = 'json' | 'script';

const useStore = create<{ readonly running: readonly string[] }>(() => ({ running: [] }));

/** Whether a proof of a ledger is being made now. */
export const useExporting = (source: string): boolean => useStore(({ running }) => running.includes(source));

/** The file names of a proof: of its entries, and of the program that checks them. */
export function proofNames(path: string): Readonly<Record<ProofForm, string>> {
  const own =
    baseName(path)
      .replaceAll(/[^\p{L}\p{N}._-]+/gu, '-')
      .replace(/^[.-]+/, '') || 'ledger';
  return { json: `${own}-proof.json`, script: PROOF_SCRIPT_NAME };
}

/** Makes a proof and saves it as a file. */
export async function exportProof(source: string, path: string, form: ProofForm): Promise<void> {
  if (useStore.getState().running.includes(source)) return;
  useStore.setState(({ running }) => ({ running: [...running, source] }));
  const answer = await attempt(api.ledger.proof({ source, form }));
  useStore.setState(({ running }) => ({ running: running.filter((other) => other !== source) }));
  if (!answer.ok) {
    toastFailure(answer.error);
    return;
  }
  const name = proofNames(path)[form];
  const url = URL.createObjectURL(answer.value);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(url), 60_000);
  const what =
    form === 'json' ? 'It holds all entries with their hashes, no tokens.' : 'It needs nothing but Python 3.';
  toast({
    kind: 'done',
    title: 'Proof exported',
    text: `${name}, ${formatBytes(answer.value.size)}. ${what}`,
  });
}
