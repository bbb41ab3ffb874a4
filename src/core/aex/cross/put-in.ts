import { addWitness, witness, type Board, type Draft } from './board.ts';

/** Where it stands that SQLite counted fewer entries than there are. */
export const SEQUENCE = 'sequence';

/**
 * An entry that was put in makes more entries than SQLite counted: that tells nothing of the last entry, but is a record
 * of the same story.
 */
export function joinPutIn(board: Board): void {
  const counter = board.get(SEQUENCE);
  if (counter?.kind !== 'entry-unknown' || counter.seq === null) return;
  const more = counter.seq - Number(counter.found);
  const putIn = board
    .keyed()
    .flatMap(([key, draft]) => (key.startsWith('entry:') && draft !== counter ? [draft] : []))
    .filter(isPutIn);
  const [first] = putIn;
  if (first === undefined || putIn.length > more) return;
  addWitness(
    first,
    witness(
      'sequence',
      "SQLite's counter of event_log",
      `${counter.found} entries were numbered, ${more} fewer than there are`,
      true,
    ),
  );
  const fewer = `SQLite numbered ${more === 1 ? 'one entry' : `${more} entries`} fewer than there are`;
  const told = first.message.replace(OPEN_END, '');
  first.message = `${told} ${putIn.length === 1 ? 'It was' : 'Such entries were'} put in: ${fewer}.`;
  board.delete(SEQUENCE);
}

/** What the counter decides. */
const OPEN_END = / (?:It was put in, or its execution was changed|AEX writes both in one step: .*)\.$/s;

/** An entry that can't stand where it is, or that other records of its step lack. */
const isPutIn = ({ kind, severity, expected }: Draft): boolean =>
  severity === 'error' &&
  ((kind === 'entry-unknown' && expected === 'no such entry') ||
    (kind === 'row-missing' && expected === 'a row in events'));
