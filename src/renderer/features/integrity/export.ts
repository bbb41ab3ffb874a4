import { create } from 'zustand';
import type { EvidenceForm } from '../../../contract/integrity.ts';
import { attempt } from '../../app/client.ts';
import { api } from '../../app/engine.ts';
import { toast, toastFailure } from '../../state/toasts.ts';
import { useWorkspaceStore } from '../../state/workspace.ts';
import { formatBytes } from '../../ui/format.ts';

const useStore = create<{ readonly running: readonly string[] }>(() => ({ running: [] }));

/** Whether evidence of a source is being made now. */
export const useExporting = (source: string): boolean => useStore(({ running }) => running.includes(source));

/**
 * Makes the evidence of the last check and saves it as a file. Where the store moved since, the engine checks it anew
 * first, so that the file speaks of one state.
 */
export async function exportEvidence(source: string, form: EvidenceForm): Promise<void> {
  if (useStore.getState().running.includes(source)) return;
  useStore.setState(({ running }) => ({ running: [...running, source] }));
  const answer = await attempt(api.vek.evidence({ source, form }));
  useStore.setState(({ running }) => ({ running: running.filter((other) => other !== source) }));
  if (!answer.ok) {
    toastFailure(answer.error);
    return;
  }
  const name = `${folderName()}-evidence.${form === 'json' ? 'json' : 'md'}`;
  const type = form === 'json' ? 'application/json' : 'text/markdown';
  const url = URL.createObjectURL(new Blob([answer.value], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(url), 60_000);
  toast({
    kind: 'done',
    title: 'Evidence exported',
    text: `${name}, ${formatBytes(answer.value.size)}. It holds hashes and names, no contents.`,
  });
}

/** The opened folder's own name, without what a file name can't hold. */
function folderName(): string {
  const name = useWorkspaceStore.getState().workspace?.name ?? '';
  return name.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^[.-]+/, '') || 'vek';
}
