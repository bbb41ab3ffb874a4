import type { LedgerLook } from '../store.ts';
import { readPayload, type EntryPayload, type StoredEntry } from '../entry.ts';
import { toolRouteHash } from '../rules/identity.ts';
import type { ExecutionRow, ReservationRow } from '../rows.ts';

/** An entry with what its payload says. */
export type ReadEntry = { readonly entry: StoredEntry; readonly payload: EntryPayload };

/** Everything that the tables hold about one execution. At least one of row, reservation and entries is there. */
export type StoredCall = {
  readonly id: string;
  readonly row: ExecutionRow | null;
  readonly reservation: ReservationRow | null;
  readonly entries: readonly ReadEntry[];
  readonly agent: string | null;
  /** the tool that ran or was refused; null: a call of a model, or it can't be told */
  readonly tool: string | null;
  readonly isTool: boolean;
};

/** How the model of a settled tool run is named (formats/aex.md §4). */
const TOOL_MODEL = 'tool:';

/** Reads an execution; null where nothing of it is there. */
export function readCall(look: LedgerLook, id: string): StoredCall | null {
  const row = look.execution(id);
  const reservation = look.reservation(id);
  const entries = look
    .entriesOfExecution(id)
    .map((entry) => ({ entry, payload: readPayload(entry.type, entry.payload) }));
  if (row === null && reservation === null && entries.length === 0) return null;
  const tool = toolNamed(entries) ?? toolByRoute(look, row);
  return {
    id,
    row,
    reservation,
    entries,
    agent:
      row?.agent ??
      reservation?.agent ??
      entries.find(({ entry }) => entry.agent !== null)?.entry.agent ??
      null,
    tool,
    isTool: tool !== null || (row?.endpoint ?? '').endsWith('/tools/execute'),
  };
}

function toolNamed(entries: readonly ReadEntry[]): string | null {
  for (const { payload } of entries) {
    if (payload.tool !== null) return payload.tool;
    if (payload.model?.startsWith(TOOL_MODEL) === true) return payload.model.slice(TOOL_MODEL.length);
  }
  return null;
}

/** Of a run that no entry names yet: the plugin whose route hash it has. */
function toolByRoute(look: LedgerLook, row: ExecutionRow | null): string | null {
  if (row === null || row.routeHash === null || !(row.endpoint ?? '').endsWith('/tools/execute')) return null;
  const names = look.db
    .prepare<[], unknown>(look.select('tool_plugins', ['name']))
    .pluck()
    .all();
  return names.map(String).find((name) => toolRouteHash(name) === row.routeHash) ?? null;
}
