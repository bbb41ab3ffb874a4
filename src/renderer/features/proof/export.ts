import { create } from 'zustand';
import type { Failure } from '../../../contract/failure.ts';
import { PROOF_SCRIPT_NAME } from '../../../contract/ledger-report.ts';
import { capabilities } from '../../app/capabilities.ts';
import { attempt, transportFailure } from '../../app/client.ts';
import { api } from '../../app/engine.ts';
import { toast, toastFailure } from '../../state/toasts.ts';
import { announce } from '../../ui/announce.ts';
import { baseName, formatBytes } from '../../ui/format.ts';
import { saveBlob } from '../runs/export.ts';

/** A proof that is being written: how far it is, and what ends it. */
export type RunningExport = {
  readonly entries: number;
  readonly total: number;
  readonly bytes: number;
  readonly stop: () => void;
};

const useStore = create<Readonly<Record<string, RunningExport>>>(() => ({}));

/** The proof of a ledger that is being written now. */
export const useExporting = (source: string): RunningExport | null =>
  useStore((running) => running[source] ?? null);

/** The file names of a proof: of its entries, and of the program that checks them. */
export function proofNames(path: string): { readonly json: string; readonly script: string } {
  const own =
    baseName(path)
      .replaceAll(/[^\p{L}\p{N}._-]+/gu, '-')
      .replace(/^[.-]+/, '') || 'ledger';
  return { json: `${own}-proof.json`, script: PROOF_SCRIPT_NAME };
}

/** Makes a proof of any size and saves it as a file, where the person wants it. Goes on in the background. */
export async function exportProof(source: string, path: string): Promise<void> {
  if (useStore.getState()[source] !== undefined) return;
  const name = proofNames(path).json;
  const abort = new AbortController();
  const stop = () => abort.abort();
  // also while the dialog is open, so that there is one at a time
  useStore.setState({ [source]: { entries: 0, total: 0, bytes: 0, stop } });
  const place = capabilities.saveAs === null ? null : await capabilities.saveAs(name);
  if (place !== null || capabilities.saveAs === null) {
    const error = await write(source, { name, place }, abort.signal, stop);
    if (abort.signal.aborted) announce('The proof was not finished; nothing was saved.');
    else if (error !== null) toastFailure(error);
  }
  useStore.setState(({ [source]: _ended, ...others }) => others, true);
}

/** Writes the proof and hands it over; why there is none. */
async function write(
  source: string,
  file: { readonly name: string; readonly place: string | null },
  signal: AbortSignal,
  stop: () => void,
): Promise<Failure | null> {
  try {
    for await (const event of await api.ledger.proof({ source }, { signal })) {
      if (event.type === 'failed') return event.error;
      if (event.type === 'progress') {
        const { entries, total, bytes } = event;
        useStore.setState({ [source]: { entries, total, bytes, stop } });
        continue;
      }
      const handed = await capabilities.handOver({ ...file, id: event.id });
      if (!handed.ok) return handed.error;
      toast({
        kind: 'done',
        title: 'Proof exported',
        text: `${handed.value ?? file.name}, ${formatBytes(event.bytes)}. It holds all entries with their hashes, no tokens.`,
      });
    }
    return null;
  } catch (error) {
    return transportFailure(error);
  }
}

/** Saves the program that checks a proof. */
export async function exportProofScript(source: string): Promise<void> {
  const answer = await attempt(api.ledger.proofScript({ source }));
  if (!answer.ok) {
    toastFailure(answer.error);
    return;
  }
  saveBlob(answer.value, 'text/x-python', PROOF_SCRIPT_NAME);
  toast({
    kind: 'done',
    title: 'Checking program exported',
    text: `${PROOF_SCRIPT_NAME}, ${formatBytes(answer.value.size)}. It needs nothing but Python 3.`,
  });
}
