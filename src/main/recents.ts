import { watch } from 'node:fs';
import { app } from 'electron';
import type { Recent } from '../contract/workspace.ts';
import type { EngineOptions } from '../engine/options.ts';
import { forgetRecent, listRecents, RECENTS_FILE } from '../engine/recents.ts';

/** The folders opened before, as the menu and the system's own lists show them. */
export type RecentFolders = {
  readonly list: () => readonly Recent[];
  readonly forgetAll: () => void;
  readonly stop: () => void;
};

/**
 * Follows the list that the engine keeps, whoever changes it: `onChange` hears when it is another one. The newest
 * folder goes to the lists of the system (dock, taskbar).
 */
export function recentFolders(
  options: EngineOptions,
  onChange: () => void,
  tell: (message: string) => void,
): RecentFolders {
  let newest: string | null = null;
  const toSystem = () => {
    const first = listRecents(options).find(({ open }) => open);
    if (first === undefined || first.path === newest) return;
    newest = first.path;
    app.addRecentDocument(first.path);
  };
  const shown = () => JSON.stringify(listRecents(options).map(({ path, open }) => [path, open]));
  let before = shown();
  const watcher = watch(options.dataDir, (_kind, name) => {
    if (name !== RECENTS_FILE) return;
    // a recording changes what is said of a folder, but not the menu
    const now = shown();
    if (now === before) return;
    before = now;
    toSystem();
    onChange();
  });
  watcher.on('error', (error) =>
    tell(`The list of recent folders is not followed any more: ${error.message}`),
  );
  toSystem();
  return {
    list: () => listRecents(options),
    forgetAll: () => {
      for (const { path } of listRecents(options)) forgetRecent(options, path);
      app.clearRecentDocuments();
      newest = null;
    },
    stop: () => watcher.close(),
  };
}
