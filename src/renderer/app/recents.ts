import type { Recent } from '../../contract/workspace.ts';
import { toast, toastFailure } from '../state/toasts.ts';
import { useWorkspaceStore } from '../state/workspace.ts';
import { transportFailure } from './client.ts';
import { openFolder } from './engine-events.ts';
import { api } from './engine.ts';

/** The folders opened before; null, and the failure said, when the engine does not answer. */
export async function readRecents(): Promise<readonly Recent[] | null> {
  try {
    return await api.app.recents();
  } catch (error) {
    toastFailure(transportFailure(error));
    return null;
  }
}

/** Opens the folder that was open before this one; says so when there is none. */
export async function reopenLast(): Promise<void> {
  const recents = await readRecents();
  const open = useWorkspaceStore.getState().workspace?.path;
  const last = recents?.find((recent) => recent.open && recent.path !== open);
  if (last !== undefined) await openFolder(last.path);
  else if (recents !== null) toast({ kind: 'note', title: 'No other folder was opened before' });
}
