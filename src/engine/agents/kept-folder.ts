import type { AgentFolder } from '../../core/agents/folder.ts';

/**
 * A folder whose files are looked at once for each change: what was read stays true until `refresh` names it. For a
 * folder that is watched; every look at a file resolves its links, which for hundreds of files takes longer than all
 * figures.
 */
export function keepFolder(folder: AgentFolder): AgentFolder {
  const texts = new Map<string, ReturnType<AgentFolder['text']>>();
  const lists = new Map<string, ReturnType<AgentFolder['list']>>();
  const there = new Map<string, boolean>();
  const files = new Map<string, boolean>();
  const all: readonly Map<string, unknown>[] = [texts, lists, there, files];

  return {
    ...folder,
    text: (path) => once(texts, path, folder.text),
    list: (path) => once(lists, path, folder.list),
    has: (path) => once(there, path, folder.has),
    isFile: (path) => once(files, path, folder.isFile),
    refresh(changed) {
      folder.refresh(changed);
      for (const kept of all) {
        if (changed === undefined) kept.clear();
        else forget(kept, changed);
      }
    },
  };
}

function once<T>(kept: Map<string, T>, path: string, look: (path: string) => T): T {
  const known = kept.get(path);
  if (known !== undefined) return known;
  const value = look(path);
  kept.set(path, value);
  return value;
}

/** Forgets what changed, what lies below it, and the folders above it, whose lists may be other ones. */
function forget(kept: Map<string, unknown>, changed: readonly string[]): void {
  for (const key of kept.keys()) {
    if (changed.some((path) => concerns(path, key))) kept.delete(key);
  }
}

function concerns(changed: string, key: string): boolean {
  if (changed === '' || key === '' || key === changed) return true;
  return changed.length < key.length ? key.startsWith(`${changed}/`) : changed.startsWith(`${key}/`);
}
