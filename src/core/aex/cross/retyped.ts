import { NONE, TYPE_KINDS } from '../columns.ts';
import { kindOf, readPayload, type StoredEntry } from '../entry.ts';
import { KNOWN_VERSION } from '../schema.ts';
import type { LedgerLook } from '../store.ts';
import { witness, type Board } from './board.ts';
import { REHASHED } from './deleted.ts';
import { KIND, nameOf, SEEN, seqAt, setEntry, type Facts } from './facts.ts';
import { shown } from './words.ts';

/** Entries that are read to see whether their payload is of another type. */
const MAX_LOOKED = 1_000;

/**
 * Entries whose payload has the keys of another type than they name, with a hash that fits: the type was changed and
 * everything behind hashed anew. From then on they count as what their payload says. True: there are some.
 */
export function tellRetyped(look: LedgerLook, facts: Facts, board: Board): boolean {
  if (look.schema.userVersion !== KNOWN_VERSION) return false;
  const places = new Set(facts.odd.map(({ at }) => at));
  for (let at = 0; at < facts.count && places.size < MAX_LOOKED; at++) {
    if (facts.kind[at] === KIND.other) places.add(at);
  }
  let changed = false;
  for (const at of places) {
    if ((facts.flags[at]! & (SEEN.rebuilt | SEEN.restored | SEEN.broken)) !== 0) continue;
    const seq = seqAt(facts, at);
    const entry = board.get(`entry:${seq}`) === undefined ? look.entry(seq) : null;
    const type = entry === null ? null : typeOf(entry);
    if (entry === null || type === null) continue;
    changed = true;
    // a type that has an execution, of an entry that never had one
    if (board.get(REHASHED)?.seq === seq) board.delete(REHASHED);
    tell(board, facts, at, entry, type);
    setEntry(facts, at, { ...entry, type }, readPayload(type, entry.payload));
    const odd = facts.odd.findIndex((one) => one.at === at);
    if (odd >= 0) facts.odd.splice(odd, 1);
  }
  return changed;
}

/** The one type whose form a payload has although its entry is of another; null: none. */
function typeOf(entry: StoredEntry): string | null {
  if (entry.odd !== null) return null;
  const own = readPayload(entry.type, entry.payload);
  if (kindOf(entry.type) !== 'other' && own.odd === null) return null;
  for (const [type, kind] of TYPE_KINDS) {
    if (type === entry.type || (entry.executionId === null) !== (kind === 'lifecycle')) continue;
    const { odd, unlike } = readPayload(type, entry.payload);
    if (odd === null && !unlike) return type;
  }
  return null;
}

function tell(board: Board, facts: Facts, at: number, entry: StoredEntry, type: string): void {
  const { seq, executionId, payload } = entry;
  const agent = nameOf(facts, facts.agent[at]!);
  const whose = agent === null ? '' : ` (${shown(agent)})`;
  const isNamed = facts.execution[at] !== NONE;
  board.add(`entry:${seq}`, {
    kind: 'entry-altered',
    severity: 'error',
    seq,
    executionId: isNamed ? executionId : null,
    agent,
    message: `Entry ${seq}${whose} is of the type “${shown(entry.type)}”, and its payload is that of “${type}”: the type was changed. Its hash fits, so it was hashed anew with everything behind it: nothing can be trusted from entry ${seq} on.`,
    expected: `type ${type}`,
    found: `type ${shown(entry.type)}`,
    sure: 'likely',
    because: [witness('entry', `entry ${seq}`, `payload ${shown(payload)}`, true, seq)],
  });
}
