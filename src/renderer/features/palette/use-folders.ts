import { Folder } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Recent } from '../../../contract/workspace.ts';
import type { Command } from '../../app/commands.ts';
import { api } from '../../app/engine.ts';
import { openFolder } from '../../app/engine-events.ts';
import { useWorkspace } from '../../state/workspace.ts';

/** The folders opened before, as entries that open them again. */
export function useFolders(): readonly Command[] {
  const open = useWorkspace()?.path ?? null;
  const [recents, setRecents] = useState<readonly Recent[]>([]);
  useEffect(() => {
    let here = true;
    api.app.recents().then(
      (list) => here && setRecents(list),
      // without a connection nothing can be opened, which the window says elsewhere
      () => undefined,
    );
    return () => {
      here = false;
    };
  }, []);
  return recents
    .filter((recent) => recent.path !== open)
    .map((recent) => ({
      id: `folder-${recent.path}`,
      group: 'Folders',
      label: `Open ${recent.name}`,
      detail: recent.path,
      icon: Folder,
      blocked: recent.why,
      run: () => void openFolder(recent.path),
    }));
}
