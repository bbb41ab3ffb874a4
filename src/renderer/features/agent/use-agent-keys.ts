import { askNewFile } from '../../state/new-file-form.ts';
import { placeOf } from '../../state/agents.ts';
import { useShortcuts } from '../../ui/keyboard.ts';
import { openChanges } from './open-changes.ts';
import { openFileOf } from './open-file.ts';
import { fileItem } from './pages.ts';
import { focusSearch } from './pages/search/state.ts';

/** The scope of the keys that hold in the whole view of an agent. */
export const AGENT_VIEW = { name: 'agent-view', label: 'An agent' };

/** The file that the view of an agent shows, or null. */
export function fileInFront(source: string, agent: string): string | null {
  const { page, item } = placeOf(source, agent);
  return page === 'file' && item !== null ? fileItem(item).path : null;
}

/** Ways that hold wherever the focus is in the view of an agent. */
export function useAgentKeys(
  source: string,
  agent: string,
  go: (page: string, item?: string | null) => void,
): void {
  const history = () => {
    const path = fileInFront(source, agent);
    if (path !== null) openFileOf(source, path, 'history');
  };
  const searchFiles = () => {
    focusSearch();
    go('search');
  };
  useShortcuts(AGENT_VIEW, [
    {
      keys: 'mod+shift+e',
      label: 'Review what is not written yet',
      fields: true,
      run: () => openChanges(source, agent),
    },
    { keys: 'mod+shift+f', label: 'Search the files of the agent', fields: true, run: searchFiles },
    { keys: 'n', label: 'New file', run: () => askNewFile({ source, agent, template: null }) },
    {
      keys: 'h',
      label: 'History of the file',
      when: () => fileInFront(source, agent) !== null,
      run: history,
    },
    { keys: 'v', label: 'Versions of the agent', run: () => go('versions') },
  ]);
}
