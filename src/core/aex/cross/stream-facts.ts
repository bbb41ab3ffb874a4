import type { LedgerLook } from '../store.ts';
import { metadataOf } from './bodies.ts';
import { KIND } from './facts.ts';
import { fingerprint, textMark } from './id-table.ts';
import { keyedRows, type Row } from './keyed-rows.ts';
import { secondsOf } from './times.ts';
import type { WordList } from './word-list.ts';

/** Actions of the older stream that have an entry, by its kind. */
export const ACTIONS: ReadonlyMap<string, number> = new Map([
  ['usage.commit', KIND.commit],
  ['budget.deny', KIND.deny],
  ['AGENT_STATE', KIND.lifecycle],
  ['TOOL_EXEC', KIND.tool],
  ['TOOL_EXEC_DENIED', KIND['tool-denied']],
  ['POLICY_VIOLATION', KIND.policy],
]);

/** A row that has to be read again. */
export const ODD_ROW = 0xff;

/** Rows of the older stream as columns, in the order of their numbers: 33 bytes each. */
export type StreamFacts = {
  readonly count: number;
  readonly id: Uint32Array<ArrayBuffer>;
  /** kind of the entry that belongs to it, or `ODD_ROW` */
  readonly kind: Uint8Array<ArrayBuffer>;
  /** number of a word, 0: none */
  readonly agent: Uint32Array<ArrayBuffer>;
  readonly seconds: Uint32Array<ArrayBuffer>;
  /** cost; denial: estimate */
  readonly first: Float64Array<ArrayBuffer>;
  /** denial: what remained; tool run: place of its execution in `marks` */
  readonly second: Float64Array<ArrayBuffer>;
  /** settlement: word of its model, 0: none; else the mark of its text */
  readonly text: Uint32Array<ArrayBuffer>;
  readonly marks: Int32Array<ArrayBuffer>;
};

/** Reads the older stream; null where its rows can't be told apart by number. */
export function readStreamFacts(look: LedgerLook, words: WordList): StreamFacts | null {
  if (!look.has('events', 'id') || !look.has('events', 'action')) return null;
  const size = look.db.prepare<[], number>('SELECT count(*) FROM events').pluck().get() ?? 0;
  if (size === 0) return null;
  const facts: Making = {
    count: 0,
    id: new Uint32Array(size),
    kind: new Uint8Array(size).fill(ODD_ROW),
    agent: new Uint32Array(size),
    seconds: new Uint32Array(size),
    first: new Float64Array(size),
    second: new Float64Array(size),
    text: new Uint32Array(size),
    marks: new Int32Array(1_024),
    runs: 0,
  };
  const sql = look.select('events', ['id', 'agent', 'action', 'cost_micro', 'timestamp', 'metadata']);
  let last = -1;
  for (const rows of keyedRows(look, sql, 'id')) {
    for (const row of rows) {
      const id = row[0];
      if (typeof id !== 'number' || id <= last || id >= 2 ** 32 || facts.count >= size) return null;
      last = id;
      const i = facts.count;
      facts.count = i + 1;
      facts.id[i] = id;
      facts.kind[i] = kindOf(facts, i, row, words);
    }
  }
  const { runs: _, ...columns } = facts;
  return facts.count === size ? columns : null;
}

type Making = { -readonly [K in keyof StreamFacts]: StreamFacts[K] } & { runs: number };

function kindOf(facts: Making, i: number, row: Row, words: WordList): number {
  const [, agent, action, cost, timestamp, metadata] = row;
  const kind = typeof action === 'string' ? ACTIONS.get(action) : undefined;
  const seconds = secondsOf(timestamp);
  if (kind === undefined || kind === KIND.lifecycle || seconds === null || seconds <= 0) return ODD_ROW;
  if (typeof cost !== 'number' || !Number.isSafeInteger(cost) || seconds >= 2 ** 32) return ODD_ROW;
  if (agent !== null && typeof agent !== 'string') return ODD_ROW;
  const word = agent === null ? 0 : words.number(agent);
  if (word === null) return ODD_ROW;
  facts.agent[i] = word;
  facts.seconds[i] = seconds;
  facts.first[i] = cost;
  if (kind === KIND.commit) {
    if (metadata !== null && typeof metadata !== 'string') return ODD_ROW;
    const model = metadata === null ? 0 : words.number(metadata);
    if (model === null) return ODD_ROW;
    facts.text[i] = model;
    return kind;
  }
  const said = cost === 0 ? metadataOf(metadata) : null;
  if (said === null) return ODD_ROW;
  if (kind === KIND.deny) {
    const estimated = said.get('estimated_micro');
    const remaining = said.get('remaining_micro');
    if (typeof estimated !== 'number' || typeof remaining !== 'number') return ODD_ROW;
    facts.first[i] = estimated;
    facts.second[i] = remaining;
  } else if (kind === KIND.tool) {
    const id = said.get('execution_id');
    const ran = said.get('cost_micro');
    if (typeof id !== 'string' || typeof ran !== 'number') return ODD_ROW;
    facts.first[i] = ran;
    facts.text[i] = textMark(String(said.get('tool_name')));
    facts.second[i] = facts.runs * 4;
    if ((facts.runs + 1) * 4 > facts.marks.length) {
      const larger = new Int32Array(facts.marks.length * 2);
      larger.set(facts.marks);
      facts.marks = larger;
    }
    fingerprint(id, facts.marks, facts.runs * 4);
    facts.runs += 1;
  } else if (kind === KIND['tool-denied']) facts.text[i] = textMark(String(said.get('error')));
  return kind;
}
