import { z } from 'zod';
import { RECORD_SORTS } from '../../contract/records.ts';
import type { Workspace } from '../../contract/workspace.ts';
import { loadPart, savePart } from '../state/persist.ts';
import { onRuns, runsOf, setRuns } from '../state/runs.ts';
import { useWorkspaceStore } from '../state/workspace.ts';

const kept = z.object({ query: z.string().max(10_000), sort: z.enum(RECORD_SORTS) });

const partOf = (source: string): string => `runs ${source}`;

/** Asks of the runs what was asked when the folder was last open. */
export function restoreRuns(workspace: Workspace): void {
  for (const { id, kind } of workspace.sources) {
    const text = kind === 'agents' ? loadPart(partOf(id)) : null;
    if (text === null) continue;
    try {
      const read = kept.safeParse(JSON.parse(text));
      if (read.success) setRuns(id, read.data);
    } catch {
      // text of another version counts as nothing kept
    }
  }
}

/** Keeps what is asked of the runs for the next start. */
export const followRuns = (): (() => void) =>
  onRuns(() => {
    for (const { id, kind } of useWorkspaceStore.getState().workspace?.sources ?? []) {
      if (kind !== 'agents') continue;
      const { query, sort } = runsOf(id);
      const text = JSON.stringify({ query, sort });
      if (loadPart(partOf(id)) !== text) savePart(partOf(id), text);
    }
  });
