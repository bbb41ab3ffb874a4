import { attempt } from '../../app/client.ts';
import { api } from '../../app/engine.ts';
import { toastFailure } from '../../state/toasts.ts';

/** Saves the stored bytes of an object, unchanged, to a file that the person chooses or the browser's downloads. */
export async function saveBytes(source: string, hash: string, name: string): Promise<void> {
  const answer = await attempt(api.vek.bytes({ source, hash }));
  if (!answer.ok) {
    toastFailure(answer.error);
    return;
  }
  const url = URL.createObjectURL(new Blob([answer.value], { type: 'application/octet-stream' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `${name}.json`;
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
