import { parseJsonBytes } from '../../json/decode.ts';
import { NONE } from '../../graph/index.ts';
import { limits } from '../../storage/limits.ts';
import { MERGE_TOOL } from '../plan-merge-node.ts';
import { COMMON, type History } from './history.ts';
import { short, type Notes } from './notes.ts';
import type { Reader } from './reader.ts';
import { settledIn, type SettledDocument } from './resolved-list.ts';
import type { Stretches } from './stretches.ts';

/** A call that is about a document: its place, its input and its hash. */
export type LookedAt = { readonly place: number; readonly input: string; readonly call: string };

/** A document that a merge settled, and where. */
export type SettledAt = { readonly place: number; readonly document: SettledDocument };

/** Calls and merges of a history, by tool. */
export type Calls = {
  readonly byTool: ReadonlyMap<number, readonly LookedAt[]>;
  readonly settledByTool: ReadonlyMap<string, readonly SettledAt[]>;
};

/** Whether the call at a place says something about a document by its own output: merges do not. */
export function isAboutDocument(history: History, place: number): boolean {
  return history.toolNames[history.tools[place]!] !== MERGE_TOOL;
}

/** Whether the call at a place is a merge that may have settled documents. */
export function isMerge(history: History, place: number): boolean {
  return history.mergeParents[place] !== NONE && history.toolNames[history.tools[place]!] === MERGE_TOOL;
}

/**
 * Every call whose documents may differ between the sides: those that only one side reaches, and common ones that a
 * criss-cross joins in two ways. By tool, oldest first.
 */
export function gatherCalls(
  history: History,
  stretches: Stretches,
  diverged: ReadonlySet<number>,
  settledAt: (place: number) => readonly SettledDocument[],
  reader: Reader,
  tell: (done: number) => void,
): Calls {
  const byTool = new Map<number, LookedAt[]>();
  const settledByTool = new Map<string, SettledAt[]>();
  let done = 0;
  for (let place = 0; place < history.sides.length; place++) {
    const side = history.sides[place]!;
    if (side === 0 || (side === COMMON && !diverged.has(stretches.of[place]!))) continue;
    done += 1;
    if (done % 1024 === 0) tell(done);
    if (isMerge(history, place)) {
      for (const document of settledAt(place)) {
        listIn(settledByTool, document.tool).push({ place, document });
      }
    } else if (isAboutDocument(history, place)) {
      const record = reader.call(place);
      const call = { place, input: record.input_hash, call: record.hash };
      listIn(byTool, history.tools[place]!).push(call);
    }
  }
  tell(done);
  return { byTool, settledByTool };
}

/** The value of a key, made as an empty list where there is none. */
export function listIn<K, V>(map: Map<K, V[]>, key: K): V[] {
  let list = map.get(key);
  if (list === undefined) map.set(key, (list = []));
  return list;
}

/** Reads what the merge at a place settled; each once. */
export function createSettledReader(
  reader: Reader,
  notes: Notes,
): (place: number) => readonly SettledDocument[] {
  const known = new Map<number, readonly SettledDocument[]>();
  return (place) => {
    let found = known.get(place);
    if (found === undefined) known.set(place, (found = readSettled(place, reader, notes)));
    return found;
  };
}

const word = Buffer.from('resolved');
const escape = Buffer.from('\\u');

function readSettled(place: number, reader: Reader, notes: Notes): readonly SettledDocument[] {
  const record = reader.call(place);
  const bytes = reader.outputBytes(record.output_hash);
  if (typeof bytes !== 'string') {
    // nearly every merge says nothing of documents
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (!buffer.includes(word) && !buffer.includes(escape) && !buffer.includes(0)) return [];
  }
  const parsed = typeof bytes === 'string' ? null : parseJsonBytes(bytes, { maxDepth: limits.writtenDepth });
  if (parsed?.ok !== true) {
    notes.add('lost merge', short(record.hash), lostMerges);
    return [];
  }
  const { settled, malformed } = settledIn(parsed.node);
  if (malformed > 0) notes.add('malformed merge', short(record.hash), malformedMerges);
  return settled;
}

function lostMerges(names: string, count: number): string {
  return `What the earlier ${count === 1 ? 'merge' : 'merges'} ${names} settled can’t be read: documents count there as they follow from both parents.`;
}

function malformedMerges(names: string, count: number): string {
  return `The earlier ${count === 1 ? 'merge' : 'merges'} ${names} ${count === 1 ? 'names' : 'name'} documents in a form that can’t be read; these count there as they follow from both parents.`;
}
