import { attempt } from '../../app/client.ts';
import { copyText } from '../../app/capabilities.ts';
import { api } from '../../app/engine.ts';
import { runsOf } from '../../state/runs.ts';
import { toast, toastFailure } from '../../state/toasts.ts';
import { useWorkspaceStore } from '../../state/workspace.ts';
import { formatBytes, formatCounted } from '../../ui/format.ts';

export type RecordsForm = 'csv' | 'json' | 'jsonl';

/** More than this is saved, not copied: a clipboard that holds it makes other programs slow, in bytes. */
const MOST_COPIED = 16 * 1024 * 1024;

const TYPES: Readonly<Record<RecordsForm, string>> = {
  csv: 'text/csv',
  json: 'application/json',
  jsonl: 'application/x-ndjson',
};

/** Saves all records of the query of the runs view as a file. */
export async function exportRecords(source: string, form: RecordsForm): Promise<void> {
  const { query, sort } = runsOf(source);
  const answer = await attempt(api.agents.exportRecords({ source, query, sort, form }));
  if (!answer.ok) {
    toastFailure(answer.error);
    return;
  }
  const name = `${folderName()}-runs.${form}`;
  saveBlob(answer.value, TYPES[form], name);
  toast({ kind: 'done', title: 'Records exported', text: `${name}, ${formatBytes(answer.value.size)}` });
}

/** Copies all records of the query as CSV, where they are not too many for that. */
export async function copyRecords(source: string): Promise<void> {
  const { query, sort } = runsOf(source);
  const answer = await attempt(api.agents.exportRecords({ source, query, sort, form: 'csv' }));
  if (!answer.ok) {
    toastFailure(answer.error);
    return;
  }
  if (answer.value.size > MOST_COPIED) {
    toast({
      kind: 'note',
      title: `These are ${formatBytes(answer.value.size)}, too many to copy`,
      text: 'Save them as a file, or ask for fewer.',
    });
    return;
  }
  const text = await answer.value.text();
  const copied = await copyText(text);
  if (!copied.ok) toastFailure(copied.error);
  else {
    const lines = Math.max(0, text.split('\n').filter((line) => line !== '').length - 1);
    toast({ kind: 'done', title: 'Copied as CSV', text: formatCounted(lines, 'row') });
  }
}

/** Copies the line of one record as it stands in its log. */
export async function copyLine(source: string, id: string): Promise<void> {
  const answer = await attempt(api.agents.record({ source, id }));
  const copied = answer.ok ? await copyText(answer.value.text) : answer;
  if (copied.ok) toast({ kind: 'done', title: 'The line was copied' });
  else toastFailure(copied.error);
}

/** Gives a file to the person: the browser’s downloads, or the dialog of the desktop. */
export function saveBlob(blob: Blob, type: string, name: string): void {
  const url = URL.createObjectURL(new Blob([blob], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** The opened folder's own name, without what a file name can't hold. */
function folderName(): string {
  const name = useWorkspaceStore.getState().workspace?.name ?? '';
  return name.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^[.-]+/, '') || 'agents';
}
