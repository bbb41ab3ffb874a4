import type { LedgerLook } from '../store.ts';
import type { Beside } from './beside.ts';
import { SEEN, type Facts } from './facts.ts';
import { plainStream } from './plain-stream.ts';
import { ACTIONS } from './stream-facts.ts';
import { nextTwinned, sameAs, together, WINDOW, type Twin } from './stream-likeness.ts';
import { rowsByPlace, rowsInTurn, type StreamRow } from './stream-rows.ts';

/** What stands beside each other: an entry and its row of the same transaction. */
export type StreamAlignment = {
  /** rows that say something else than their entry, by place */
  readonly differing: Map<number, StreamRow>;
  /** rows that have no entry; `before`: the place they would stand at */
  readonly extra: { readonly row: StreamRow; readonly before: number }[];
  /** places of entries that have no row */
  readonly lacking: number[];
  readonly moreExtra: number;
  readonly moreLacking: number;
  /** deletions of agents: name, id and time */
  readonly deletions: { readonly agent: string; readonly row: StreamRow; readonly before: number }[];
  readonly moreDeletions: number;
  /** the last limits that refusals name, by agent */
  readonly limits: Map<string, { rpm: number | null; tpm: number | null; row: StreamRow }>;
  readonly rows: number;
  readonly lastId: number;
  /** places where ids do not go on by one: the first missing id, the next row, and the entry before which it stands */
  readonly idGaps: { readonly from: number; readonly to: number; readonly before: number }[];
  readonly readable: boolean;
};

const KEPT = 1_000;

/**
 * Puts the older stream beside the entries. Both are written in one transaction, so they have one order; where one
 * lacks a row, the smallest number of skipped ones after which both agree again is taken. Marks entries whose row
 * says the same with `SEEN.stream`.
 */
export function alignStream(look: LedgerLook, facts: Facts, beside: Beside): StreamAlignment {
  const found = {
    differing: new Map<number, StreamRow>(),
    extra: [] as { row: StreamRow; before: number }[],
    lacking: [] as number[],
    moreExtra: 0,
    moreLacking: 0,
    deletions: [] as { agent: string; row: StreamRow; before: number }[],
    moreDeletions: 0,
    limits: new Map<string, { rpm: number | null; tpm: number | null; row: StreamRow }>(),
    rows: 0,
    lastId: 0,
    idGaps: [] as { from: number; to: number; before: number }[],
    readable: look.has('events', 'id') && look.has('events', 'action'),
  };
  if (!found.readable) return found;
  let at = nextTwinned(facts, 0);
  const rows = beside.stream === null ? rowsInTurn(look) : rowsByPlace(look, beside.stream);
  const samePlain = beside.stream === null ? null : plainStream(facts, beside.stream, beside.words);
  let ended = false;
  const deleted: { readonly agent: string; readonly row: StreamRow; waits: number }[] = [];
  const ahead: Twin[] = [];
  let missing = 0;
  const fill = (wanted: number): void => {
    while (!ended && ahead.length < wanted) {
      const row = rows.next(wanted - ahead.length);
      if (row === null) {
        ended = true;
        break;
      }
      found.rows += 1;
      if (row.id !== found.lastId + 1 && found.idGaps.length < KEPT) {
        found.idGaps.push({ from: found.lastId + 1, to: row.id, before: at });
      }
      missing += Math.max(0, row.id - found.lastId - 1);
      found.lastId = row.id;
      const kind = ACTIONS.get(row.action);
      if (kind === undefined) besides(row);
      else {
        ahead.push({ row, kind, missing });
        missing = 0;
      }
    }
  };
  const besides = (row: StreamRow): void => {
    if (row.agent === null) return;
    if (row.action === 'AGENT_DELETED') {
      // rows are read ahead: it stands behind those that still wait for their entry
      if (found.deletions.length + deleted.length < KEPT)
        deleted.push({ agent: row.agent, row, waits: ahead.length });
      else found.moreDeletions += 1;
      placeDeleted();
      found.limits.delete(row.agent);
    } else if (row.action === 'RATE_LIMIT') {
      const said = /^(RPM|TPM) Limit: (-?\d+)$/.exec(row.metadata ?? '');
      if (said === null) return;
      const known = found.limits.get(row.agent) ?? { rpm: null, tpm: null, row };
      if (said[1] === 'RPM') known.rpm = Number(said[2]);
      else known.tpm = Number(said[2]);
      known.row = row;
      found.limits.set(row.agent, known);
    }
  };
  const placeDeleted = (): void => {
    while (deleted[0] !== undefined && deleted[0].waits <= 0) {
      const { agent, row } = deleted.shift()!;
      found.deletions.push({ agent, row, before: at });
    }
  };
  const taken = (): void => {
    for (const one of deleted) one.waits -= 1;
    placeDeleted();
  };
  const skipRow = (twin: Twin): void => {
    if (found.extra.length < KEPT) found.extra.push({ row: twin.row, before: at });
    else found.moreExtra += 1;
  };
  const skipEntry = (): void => {
    if (found.lacking.length < KEPT) found.lacking.push(at);
    else found.moreLacking += 1;
    at = nextTwinned(facts, at + 1);
  };
  const pair = (): void => {
    const { row } = ahead.shift()!;
    // what was put in from other records is no witness against its row
    const rebuilt = (facts.flags[at]! & SEEN.rebuilt) !== 0;
    if (rebuilt || sameAs(facts, at, row)) facts.flags[at]! |= SEEN.stream;
    else {
      facts.flags[at]! &= ~SEEN.stream;
      if (found.differing.size < KEPT * 4) found.differing.set(at, row);
    }
    at = nextTwinned(facts, at + 1);
    taken();
  };
  for (;;) {
    if (samePlain !== null && ahead.length === 0) {
      while (at < facts.count && samePlain(at, rows.place, found.lastId + 1)) {
        facts.flags[at]! |= SEEN.stream;
        rows.place += 1;
        found.rows += 1;
        found.lastId += 1;
        at = nextTwinned(facts, at + 1);
      }
    }
    fill(1);
    const first = ahead[0];
    if (first === undefined || at >= facts.count) break;
    if (first.kind === facts.kind[at] && sameAs(facts, at, first.row)) {
      pair();
      continue;
    }
    fill(WINDOW);
    const [skipRows, skipEntries] = together(facts, at, ahead);
    for (let i = 0; i < skipRows; i++) {
      skipRow(ahead.shift()!);
      taken();
    }
    for (let i = 0; i < skipEntries; i++) skipEntry();
    if (ahead.length > 0 && at < facts.count) pair();
  }
  for (const one of deleted) one.waits = 0;
  placeDeleted();
  for (const twin of ahead) skipRow(twin);
  ahead.length = 0;
  do {
    fill(WINDOW);
    for (const twin of ahead) skipRow(twin);
    for (const one of deleted) one.waits = 0;
    placeDeleted();
  } while (ahead.splice(0).length > 0);
  while (at < facts.count) skipEntry();
  return found;
}
