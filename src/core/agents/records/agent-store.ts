import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { BadLine } from '../../../contract/records.ts';
import { limits } from '../../storage/limits.ts';
import type { AgentPlace } from '../places.ts';
import { Columns, emptyDraft, newPools, type Pools } from './columns.ts';
import { FamilyIndex } from './family.ts';
import {
  changeOf,
  dropBuffer,
  newLogState,
  noBadLines,
  readLog,
  type LogState,
  type Sink,
} from './log-file.ts';
import { listLogs, type ListedLog } from './log-listing.ts';
import type { AgentRecords, LogFile } from './table.ts';

/** What an update did: nothing; only rows at the end came to be; or rows moved or went. */
export type Updated = 'same' | 'appended' | 'moved';

/** What a store is made of, as it goes to another thread or into the app folder. */
export type AgentData = {
  readonly columns: Columns;
  readonly pools: Pools;
  readonly files: readonly LogState[];
  readonly problems: readonly { readonly path: string; readonly why: string }[];
};

const COUNT_BYTES = 1 << 20;

/** The records of one agent, kept up to date with its folder. */
export class AgentStore {
  readonly place: AgentPlace;
  readonly #inside: string;
  columns = new Columns();
  pools: Pools = newPools();
  files: LogState[] = [];
  problems: readonly { readonly path: string; readonly why: string }[] = [];
  family = new FamilyIndex();
  #absolute = new Map<string, string>();
  #records: AgentRecords | null = null;
  /** what was done before it turned out that all has to be looked at */
  #missed: Updated = 'same';
  readonly #draft = emptyDraft();

  constructor(place: AgentPlace, inside: string, data?: AgentData) {
    this.place = place;
    this.#inside = inside;
    if (data === undefined) return;
    this.columns = data.columns;
    this.pools = data.pools;
    this.files = [...data.files];
    this.problems = data.problems;
    for (const { path } of this.files) this.#absolute.set(path, join(place.dir, path));
    this.family.rebuild(this.columns, this.pools);
  }

  get data(): AgentData {
    return { columns: this.columns, pools: this.pools, files: this.files, problems: this.problems };
  }

  /**
   * Reads what changed. `only`: paths below the agent's folder that may have changed; where all of them are known
   * logs that are still there, nothing else is looked at.
   */
  update(only?: readonly string[], onBytes?: (bytes: number) => void): Updated {
    const before = this.columns.count;
    const did = this.#updateKnown(only) ?? this.#updateAll(onBytes);
    if (did === 'same') return did;
    this.#records = null;
    if (did === 'appended') this.family.append(this.columns, this.pools, before);
    else this.family.rebuild(this.columns, this.pools);
    return did;
  }

  /** Rows as others see them; a new object after every change. */
  get records(): AgentRecords {
    this.#records ??= this.#makeRecords();
    return this.#records;
  }

  /** Call after flags of rows were changed from outside. */
  touch(): void {
    this.#records = null;
  }

  /** Null: some of the paths is no known log, or no longer there. */
  #updateKnown(only: readonly string[] | undefined): Updated | null {
    if (only?.every((path) => this.#absolute.has(path)) !== true) return null;
    let did: Updated = 'same';
    for (const path of only) {
      const at = this.files.findIndex((file) => file.path === path);
      const one = this.#updateFile(at, this.#absolute.get(path)!);
      if (one === null) {
        this.#missed = did;
        return null;
      }
      did = stronger(did, one);
    }
    return did;
  }

  #updateAll(onBytes?: (bytes: number) => void): Updated {
    const { logs, problems } = listLogs(this.place.dir, this.#inside);
    let did = this.#missed;
    this.#missed = 'same';
    if (JSON.stringify(problems) !== JSON.stringify(this.problems)) {
      this.problems = problems;
      did = 'moved';
    }
    const listed = new Set(logs.map(({ path }) => path));
    for (let at = this.files.length - 1; at >= 0; at--) {
      if (listed.has(this.files[at]!.path)) continue;
      this.#removeFile(at);
      did = 'moved';
    }
    let at = 0;
    for (const log of logs) {
      if (this.files[at]?.path !== log.path) {
        const last = at === this.files.length;
        this.#insertFile(at, log);
        did = stronger(did, last ? 'appended' : 'moved');
      }
      const one = log.refused === null ? this.#updateFile(at, log.absolute) : this.#refuse(at, log.refused);
      did = stronger(did, one ?? 'moved');
      onBytes?.(this.files[at]!.bytes);
      at += 1;
    }
    dropBuffer();
    return did;
  }

  #insertFile(at: number, log: ListedLog): void {
    const state = newLogState(log);
    state.from = state.to = at === 0 ? 0 : this.files[at - 1]!.to;
    this.files.splice(at, 0, state);
    this.#absolute.set(log.path, log.absolute);
    this.#renumber(at + 1);
  }

  #removeFile(at: number): void {
    const state = this.files[at]!;
    this.#replaceRows(at, state.from, state.to, null);
    this.files.splice(at, 1);
    this.#absolute.delete(state.path);
    this.#renumber(at);
  }

  #renumber(from: number): void {
    for (let at = from; at < this.files.length; at++)
      this.columns.arrays.file.fill(at, this.files[at]!.from, this.files[at]!.to);
  }

  #refuse(at: number, why: string): Updated {
    const state = this.files[at]!;
    if (state.unreadable === why) return 'same';
    this.#replaceRows(at, state.from, state.to, null);
    this.#reset(at, why);
    return 'moved';
  }

  #reset(at: number, why: string | null): void {
    const old = this.files[at]!;
    const log = { path: old.path, day: old.day, month: old.month, refused: why, absolute: '' };
    this.files[at] = { ...newLogState(log), from: old.from, to: old.to };
  }

  /** Null: the file is gone. */
  #updateFile(at: number, absolute: string): Updated | null {
    const state = this.files[at]!;
    try {
      const stat = statSync(absolute, { bigint: true, throwIfNoEntry: false });
      if (stat === undefined) {
        if (state.stamp !== '') return null;
        throw new Error('The file is not there, or it is a link that leads nowhere.');
      }
      const change = state.stamp === '' ? 'anew' : changeOf(absolute, state, stat);
      if (change === 'same') return 'same';
      return change === 'grown' ? this.#grow(at, absolute) : this.#readAnew(at, absolute);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      if (state.unreadable === why) return 'same';
      const { from, to } = this.files[at]!;
      this.#replaceRows(at, from, to, null);
      this.#reset(at, why);
      return 'moved';
    }
  }

  #sink(columns: Columns, file: number): Sink {
    return { columns, pools: this.pools, draft: this.#draft, file };
  }

  #grow(at: number, absolute: string): Updated {
    const state = this.files[at]!;
    const last = state.to === this.columns.count;
    const hadTail = state.tail?.record === true;
    if (last && !hadTail) {
      try {
        readLog(absolute, state, this.#sink(this.columns, at));
      } finally {
        this.#setEnd(at, this.columns.count);
      }
      return 'appended';
    }
    const added = new Columns();
    readLog(absolute, state, this.#sink(added, at));
    this.#replaceRows(at, state.to - (hadTail ? 1 : 0), state.to, added);
    return 'moved';
  }

  #readAnew(at: number, absolute: string): Updated {
    const { from, to, stamp } = this.files[at]!;
    this.#reset(at, null);
    if (from === to && to === this.columns.count) {
      try {
        readLog(absolute, this.files[at]!, this.#sink(this.columns, at));
      } finally {
        this.#setEnd(at, this.columns.count);
      }
      return stamp === '' ? 'appended' : 'moved';
    }
    const added = new Columns();
    readLog(absolute, this.files[at]!, this.#sink(added, at));
    this.#replaceRows(at, from, to, added);
    return 'moved';
  }

  #replaceRows(at: number, from: number, to: number, added: Columns | null): void {
    this.columns.splice(from, to, added);
    const state = this.files[at]!;
    const shift = (added?.count ?? 0) - (to - from);
    state.to += shift;
    for (let i = at + 1; i < this.files.length; i++) {
      this.files[i]!.from += shift;
      this.files[i]!.to += shift;
    }
  }

  #setEnd(at: number, end: number): void {
    this.files[at]!.to = end;
    for (let i = at + 1; i < this.files.length; i++) this.files[i]!.from = this.files[i]!.to = end;
  }

  #makeRecords(): AgentRecords {
    const { columns, pools, place, family } = this;
    const { arrays } = columns;
    const badCounts = noBadLines();
    for (const file of this.files) {
      for (const kind of Object.keys(badCounts) as BadLine['kind'][]) badCounts[kind] += file.badCounts[kind];
      const tail = tailOf(file);
      if (tail !== null) badCounts[tail.kind] += 1;
    }
    const named = (name: 'model' | 'trigger' | 'primitive' | 'status' | 'costSource' | 'tool') => ({
      names: pools[name].names,
      ids: arrays[name],
    });
    return {
      ...arrays,
      agent: place.name,
      count: columns.count,
      files: this.files.map(logFileOf),
      model: named('model'),
      trigger: named('trigger'),
      primitive: named('primitive'),
      status: named('status'),
      costSource: named('costSource'),
      tool: named('tool'),
      runs: pools.runs,
      texts: pools.texts,
      badLines: this.badLines(),
      badCounts,
      family,
    };
  }

  /** Lines that are no record, with what a last line without an end counts as at this moment. */
  badLines(): readonly BadLine[] {
    const found: BadLine[] = [];
    for (const file of this.files) {
      const tail = tailOf(file);
      for (const spot of tail === null ? file.bad : [...file.bad, tail])
        found.push({ agent: this.place.name, path: file.path, ...spot });
    }
    return found;
  }

  /** Whether a last line that counted as being written has become a torn one by the time alone. */
  get aging(): boolean {
    return this.#records !== null && this.#records.badCounts['being-written'] > 0;
  }

  /** How many lines of a log end before an offset. */
  linesBefore(path: string, offset: number): number {
    let lines = 0;
    for (let at = 0; at < offset; at += COUNT_BYTES) {
      const part = this.readBytes(path, at, Math.min(COUNT_BYTES, offset - at));
      if (part === null) break;
      for (let lf = part.indexOf(10); lf !== -1; lf = part.indexOf(10, lf + 1)) lines += 1;
    }
    return lines;
  }

  /** The bytes of a log, or null where they can't be read. */
  readBytes(path: string, offset: number, length: number): Buffer | null {
    const absolute = this.#absolute.get(path);
    if (absolute === undefined) return null;
    try {
      const file = openSync(absolute, 'r');
      try {
        const bytes = Buffer.alloc(length);
        return readSync(file, bytes, 0, length, offset) === length ? bytes : null;
      } finally {
        closeSync(file);
      }
    } catch {
      return null;
    }
  }
}

const stronger = (a: Updated, b: Updated): Updated =>
  a === 'moved' || b === 'moved' ? 'moved' : a === 'appended' ? a : b;

function logFileOf(file: LogState): LogFile {
  return {
    path: file.path,
    from: file.from,
    to: file.to,
    day: file.day,
    month: file.month,
    bytes: file.bytes,
    nonEmptyLines: file.nonEmpty + (file.tail?.nonEmpty ?? 0),
    corruptLines: file.corrupt + (file.tail?.corrupt ?? 0),
    unreadable: file.unreadable,
  };
}

function tailOf(file: LogState): LogState['bad'][number] | null {
  const bad = file.tail?.bad ?? null;
  if (bad === null || bad.kind !== 'torn' || Date.now() - file.modified > limits.agentFreshMs) return bad;
  return {
    ...bad,
    kind: 'being-written',
    why: 'The last line has no end yet; the file was written to just now.',
  };
}
