import { z } from 'zod';
import { LEDGER_SORTS } from '../../contract/ledger.ts';
import type { Workspace } from '../../contract/workspace.ts';
import { lookOf, onLook, setLook, useLedgersStore, type LedgerLook } from '../state/ledgers.ts';
import { loadPart, savePart } from '../state/persist.ts';
import { useWorkspaceStore } from '../state/workspace.ts';

const kept = z.object({
  agent: z.string().nullable(),
  query: z.string().max(10_000),
  sort: z.enum(LEDGER_SORTS),
  group: z.enum(['entries', 'executions']),
  days: z.boolean(),
  timeline: z.boolean(),
});

const partOf = (source: string): string => `ledger ${source}`;

const textOf = ({ agent, query, sort, group, days, timeline }: LedgerLook): string =>
  JSON.stringify({ agent, query, sort, group, days, timeline });

/** Shows of each ledger what was shown when the folder was last open; what was selected or zoomed to is not kept. */
export function restoreLooks(workspace: Workspace): void {
  for (const { id, kind } of workspace.sources) {
    const text = kind === 'aex' ? loadPart(partOf(id)) : null;
    if (text === null) continue;
    try {
      const read = kept.safeParse(JSON.parse(text));
      if (read.success) setLook(id, read.data);
    } catch {
      // text of another version counts as nothing kept
    }
  }
}

/** Keeps what the views of ledgers show for the next start. */
export const followLooks = (): (() => void) =>
  onLook(() => {
    const { looks } = useLedgersStore.getState();
    for (const { id, kind } of useWorkspaceStore.getState().workspace?.sources ?? []) {
      if (kind !== 'aex' || looks[id] === undefined) continue;
      const text = textOf(lookOf(id));
      if (loadPart(partOf(id)) !== text) savePart(partOf(id), text);
    }
  });
