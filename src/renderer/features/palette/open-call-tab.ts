import { attempt } from '../../app/client.ts';
import { api } from '../../app/engine.ts';
import { openNodeTab } from '../../state/tabs.ts';
import { toastFailure } from '../../state/toasts.ts';

/** Opens a call of which only the hash is known as a tab of its own. */
export async function openCallTab(source: string, hash: string): Promise<void> {
  const node = await attempt(api.vek.node({ source, hash }));
  if (node.ok) openNodeTab(source, hash, node.value.record.tool);
  else toastFailure(node.error);
}
