import { showOverlay } from '../state/overlays.ts';
import { capabilities } from './capabilities.ts';
import { openFolder } from './engine-events.ts';

/** Asks for a folder and opens it: by the native dialog, or by the list of folders that the server may open. */
export async function chooseFolder(): Promise<void> {
  if (capabilities.openFolder === null) {
    showOverlay('open-folder');
    return;
  }
  const path = await capabilities.openFolder();
  if (path !== null) await openFolder(path);
}

/** Asks for the file of a ledger and opens it; in a browser its path is typed where a folder's is. */
export async function chooseFile(): Promise<void> {
  if (capabilities.openFile === null) {
    showOverlay('open-folder');
    return;
  }
  const path = await capabilities.openFile();
  if (path !== null) await openFolder(path);
}
