import { useWorkspaceStore } from '../state/workspace.ts';
import { capabilities } from './capabilities.ts';
import { openFolder } from './engine-events.ts';

/**
 * A folder that is dropped on an open one is opened in its place; Welcome takes drops itself. Where the host does
 * not know paths, a drop does nothing: by itself a browser would leave the window for the dropped file.
 */
export function followDrops(): void {
  window.addEventListener('dragover', (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    if (event.dataTransfer !== null && capabilities.pathOfFile === null)
      event.dataTransfer.dropEffect = 'none';
  });
  window.addEventListener('drop', (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    const file = event.dataTransfer?.files[0];
    if (file === undefined || useWorkspaceStore.getState().workspace === null) return;
    const path = capabilities.pathOfFile?.(file) ?? '';
    if (path !== '') void openFolder(path);
  });
}

const holdsFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') === true;
