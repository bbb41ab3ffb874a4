import { hash } from 'node:crypto';
import { putInSpan, skipInSpan, spanCall, type EntrySpan } from '../../cross/entry-span.ts';
import { KIND, TYPES } from '../../cross/facts.ts';
import { fingerprintIn } from '../../cross/id-table.ts';
import { LATEST_SECONDS } from '../../cross/times.ts';
import type { WordList } from '../../cross/word-list.ts';
import { kindFinder, readPayloadInto } from '../../entry.ts';
import { emptyFields } from '../../payload-scan.ts';
import { endOfLine, isSame, isSame64, LINE_FEED, secondsIn, textMarkIn } from './bytes.ts';
import { callMemo, ID_SIGNS, wordFinder } from './names.ts';
import { emptyPlain, readPlain } from './payload.ts';

/** Signs of a hash. */
const HASH_SIGNS = 64;
/** A longer row is read on its own: see `MOST_BYTES`. */
const MOST_ROW = 4_096;
/** An id shorter than this may be a number. */
const NUMBER_SIGNS = 26;
const BEGINS_NUMBER = /^[-+.\diI]/;

/** The types whose payloads `readPlain` knows, by their length. */
const TYPE_OF_LENGTH: readonly ({ readonly kind: number; readonly bytes: Uint8Array } | undefined)[] =
  (() => {
    const list: ({ kind: number; bytes: Uint8Array } | undefined)[] = Array.from({ length: 32 });
    for (const kind of [KIND.reserve, KIND.dispatch, KIND.commit, KIND.release, KIND.deny, KIND.tool]) {
      const bytes = Uint8Array.from(Buffer.from(TYPES[kind]!, 'latin1'));
      list[bytes.length] = { kind, bytes };
    }
    return list;
  })();

/** Where the next row begins, its number, and where the hash of the row before stands. */
type Place = { at: number; seq: number; hash: number };

export type RowTaker = {
  /** forgets what belongs to the span before */
  begin(): void;
  /**
   * Puts the `count` entries of a batch, the first of them with the number `first`, behind those in `into`, behind an entry
   * with the hash `before`; gives the hash of the last one. null, and nothing is put in: one is not sound, or can't be read so.
   */
  take(bytes: Buffer, count: number, first: number, before: string, into: EntrySpan): string | null;
};

/** Reads the lines of `batchReader`. It takes only rows whose hash fits and that name the entry before them. */
export function rowTaker(words: WordList): RowTaker {
  const wordOf = wordFinder(words);
  const memo = callMemo();
  const plain = emptyPlain();
  const fields = emptyFields();
  const kindOf = kindFinder();

  /** The hash of the next row, which begins at `start`, its type at `typeFrom`; null: it is not to be taken. `place.at` goes on behind the row. */
  const take = (
    bytes: Buffer,
    view: DataView,
    start: number,
    typeFrom: number,
    place: Place,
    into: EntrySpan,
  ): string | null => {
    const typeTo = endOfLine(bytes, typeFrom);
    if (typeTo < 0) return null;
    const idFrom = typeTo + 1;
    const remembered = idFrom + ID_SIGNS < bytes.length ? memo.find(view, idFrom) : -1;
    const idTo = remembered >= 0 ? idFrom + ID_SIGNS : endOfLine(bytes, idFrom);
    if (idTo < 0 || bytes[idTo] !== LINE_FEED) return null;
    const signs = idTo - idFrom;
    if (signs < NUMBER_SIGNS && signs > 0 && BEGINS_NUMBER.test(bytes.toString('latin1', idFrom, idTo)))
      return null;

    const payloadFrom = idTo + 1;
    const type = TYPE_OF_LENGTH[typeTo - typeFrom];
    const isKnown =
      type !== undefined &&
      isSame(bytes, typeFrom, type.bytes, 0, typeTo - typeFrom) &&
      readPlain(bytes, payloadFrom, type.kind, plain);
    const payloadTo = isKnown ? plain.end : endOfLine(bytes, payloadFrom);
    if (payloadTo < 0 || bytes[payloadTo] !== LINE_FEED) return null;

    const hashFrom = payloadTo + 1;
    const own = hash('sha256', bytes.subarray(start, hashFrom));
    if (bytes.toString('latin1', hashFrom, hashFrom + HASH_SIGNS) !== own) return null;
    const tsFrom = hashFrom + HASH_SIGNS + 1;
    const tsTo = tsFrom + 19;
    if (bytes[tsFrom - 1] !== LINE_FEED || bytes[tsTo] !== LINE_FEED) return null;
    const agentFrom = tsTo + 1;
    let agentTo = agentFrom;
    while (agentTo < bytes.length && bytes[agentTo] !== LINE_FEED) agentTo++;
    const agent = wordOf(bytes, agentFrom, agentTo);
    if (agent !== null && Number.isNaN(agent)) return null;
    const { seq } = place;
    place.at = agentTo + 1;
    if (place.at - start > MOST_ROW || agentTo >= bytes.length) return null;
    place.hash = hashFrom;
    const seconds = secondsIn(bytes, tsFrom, tsTo);
    if (seconds === null) return null;

    if (agent === null) {
      skipInSpan(into, seq);
      return own;
    }
    if (!isKnown) {
      const text = bytes.toString('latin1', payloadFrom, payloadTo);
      const kind = kindOf(bytes.toString('latin1', typeFrom, typeTo));
      if (readPayloadInto(kind, text, fields) !== 0) skipInSpan(into, seq);
      else {
        const entry = {
          seq,
          executionId: bytes.toString('latin1', idFrom, idTo),
          ts: bytes.toString('latin1', tsFrom, tsTo),
        };
        putInSpan(into, words, entry, agent, fields, kind);
      }
      return own;
    }
    const { kind } = type;
    const hasText = plain.textTo > plain.textFrom;
    const model = kind === KIND.commit && hasText ? wordOf(bytes, plain.textFrom, plain.textTo) : 0;
    if (model !== null && Number.isNaN(model)) return null;
    if (model === null) {
      skipInSpan(into, seq);
      return own;
    }
    const at = into.count++;
    into.seq[at] = seq;
    into.kind[at] = kind;
    into.agent[at] = agent;
    into.seconds[at] = Math.min(Math.max(0, seconds), LATEST_SECONDS);
    into.estimated[at] = plain.estimated;
    into.amount[at] = plain.amount;
    if (signs === 0) into.call[at] = 0;
    else if (remembered >= 0) into.call[at] = remembered;
    else {
      const number = spanCall(into);
      fingerprintIn(view, idFrom, signs, into.marks, (number - 1) * 4);
      if (signs === ID_SIGNS) memo.put(view, idFrom, number);
      into.call[at] = number;
    }
    if (kind === KIND.commit) {
      const settled = into.settlements++;
      into.side[at] = settled;
      into.prompt[settled] = plain.prompt;
      into.completion[settled] = plain.completion;
      into.model[settled] = model;
    } else if (!hasText) into.side[at] = 0;
    else if (kind === KIND.reserve) {
      into.side[at] = Math.min(Math.max(0, plain.expiry), LATEST_SECONDS);
    } else into.side[at] = textMarkIn(bytes, plain.textFrom, plain.textTo);
    return own;
  };

  return {
    begin: () => memo.clear(),
    take: (bytes, count, first, before, into) => {
      const { count: entries, settlements, calls } = into;
      const changes = into.transitions.length;
      const place: Place = { at: 0, seq: first, hash: 0 };
      const undo = (): null => {
        into.count = entries;
        into.settlements = settlements;
        into.calls = calls;
        into.transitions.length = changes;
        memo.clear();
        return null;
      };
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
      const isBefore = bytes.toString('latin1', 0, before.length + 1) === `${before}\n`;
      let last = isBefore ? take(bytes, view, 0, before.length + 1, place, into) : null;
      for (let i = 1; i < count && last !== null; i++) {
        const start = place.at;
        const behind = start + HASH_SIGNS;
        if (behind >= bytes.length || bytes[behind] !== LINE_FEED) return undo();
        if (!isSame64(view, start, view, place.hash)) return undo();
        place.seq = first + i;
        last = take(bytes, view, start, behind + 1, place, into);
      }
      return last !== null && place.at === bytes.length ? last : undo();
    },
  };
}
