import { create } from 'zustand';
import type { Counting } from '../../../contract/costs.ts';
import type { DayRange } from '../../../contract/records.ts';
import { attempt } from '../../app/client.ts';
import { api } from '../../app/engine.ts';
import { toast, toastFailure } from '../../state/toasts.ts';
import { useWorkspaceStore } from '../../state/workspace.ts';
import { formatBytes } from '../../ui/format.ts';

/** What a cost report is asked for, without the colours of its chart. */
export type CostsQuestion = {
  readonly source: string;
  readonly today: string | null;
  readonly agent: string | null;
  readonly range: DayRange;
  readonly counting: Counting;
};

const useStore = create<{ readonly running: readonly string[] }>(() => ({ running: [] }));

/** Whether these figures are being written to a file now. */
export const useExporting = (question: CostsQuestion): boolean =>
  useStore(({ running }) => running.includes(JSON.stringify(question)));

/** Saves the figures of a report as a file. */
export async function exportCosts(question: CostsQuestion, form: 'csv' | 'json'): Promise<void> {
  const key = JSON.stringify(question);
  if (useStore.getState().running.includes(key)) return;
  useStore.setState(({ running }) => ({ running: [...running, key] }));
  const answer = await attempt(api.agents.exportCosts({ ...question, form }));
  useStore.setState(({ running }) => ({ running: running.filter((other) => other !== key) }));
  if (!answer.ok) {
    toastFailure(answer.error);
    return;
  }
  const { from, to } = question.range;
  const name = `${fileWord(question.agent ?? folderName())}-costs-${from}-to-${to}.${form}`;
  const type = form === 'json' ? 'application/json' : 'text/csv';
  const url = URL.createObjectURL(new Blob([answer.value], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(url), 60_000);
  toast({
    kind: 'done',
    title: 'Figures exported',
    text: `${name}, ${formatBytes(answer.value.size)}. It holds sums and names, no texts of records.`,
  });
}

const folderName = (): string => useWorkspaceStore.getState().workspace?.name ?? '';

/** A name without what a file name can't hold. */
const fileWord = (name: string): string =>
  name.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^[.-]+/, '') || 'agents';
