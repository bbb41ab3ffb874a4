import { copyText } from '../../app/capabilities.ts';
import { toast, toastFailure } from '../../state/toasts.ts';

/** Copies the report as text. */
export async function copyReport(text: string): Promise<void> {
  const answer = await copyText(text);
  if (!answer.ok) toastFailure(answer.error);
  else toast({ kind: 'done', title: 'Report copied', text: 'All checks, findings first.' });
}

/** Saves the report as a text file. */
export function saveReport(text: string, folder: string, today: string): void {
  const word = folder.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^[.-]+/, '') || 'agents';
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `${word}-doctor-${today}.txt`;
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(url), 60_000);
  toast({ kind: 'done', title: 'Report saved', text: link.download });
}
