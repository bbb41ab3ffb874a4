import { compareCodePoints } from '../../json/tree.ts';
import type { AgentFolder, FolderEntry, FolderFile } from '../folder.ts';
import { entriesOf, fileOf } from './read.ts';

/** All Markdown files of a folder and below in the order of Python's `sorted(rglob('*.md'))`. */
export function markdownBelow(folder: AgentFolder, path: string): readonly FolderEntry[] {
  const all = walk(folder, path, 20).filter(({ name }) => name.endsWith('.md'));
  return [...all].sort((a, b) => compareParts(a.path.split('/'), b.path.split('/')));
}

function walk(folder: AgentFolder, path: string, depth: number): FolderEntry[] {
  return entriesOf(folder, path).flatMap((entry) => {
    if (entry.kind === 'folder') return depth > 0 ? walk(folder, entry.path, depth - 1) : [];
    return entry.kind === 'file' ? [entry] : [];
  });
}

/** Python compares paths part by part. */
function compareParts(a: readonly string[], b: readonly string[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const order = compareCodePoints(a[i]!, b[i]!);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

/** The files of the journal, the newest first: by path, whatever the names are (formats/atomic-agents.md §2.7). */
export function journalFiles(folder: AgentFolder, agent: string): readonly FolderFile[] {
  return markdownBelow(folder, folder.pathOf(agent, 'journal'))
    .toReversed()
    .flatMap(({ path }) => fileOf(folder, path) ?? []);
}
