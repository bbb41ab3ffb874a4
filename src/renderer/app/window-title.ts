import { useWorkspaceStore } from '../state/workspace.ts';
import { visibleText } from '../ui/visible-text.ts';

/** The title of the window names the open folder, for the taskbar and the list of windows. */
export function followTitle(): void {
  useWorkspaceStore.subscribe(({ workspace }, before) => {
    if (workspace === before.workspace) return;
    document.title = workspace === null ? 'Vekscope' : `${visibleText(workspace.name)} – Vekscope`;
  });
}
