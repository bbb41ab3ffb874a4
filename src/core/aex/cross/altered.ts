import { entryHash } from '../chain/entry-hash.ts';
import type { ChainBreak } from '../chain/verdict.ts';
import { kindOf, readPayload, type StoredEntry } from '../entry.ts';
import type { LedgerLook } from '../store.ts';
import { witness, type Board } from './board.ts';
import { amountsTried, candidatesOf, firstFit, type Candidate } from './candidates.ts';
import { KIND, placeOf, SEEN, setEntry, type Facts } from './facts.ts';
import { formerEntry } from './gone.ts';
import type { Prices } from './records.ts';
import { differences, shown, stepName } from './words.ts';

type Story = {
  readonly kind: 'content' | 'hash' | 'prev';
  readonly truth: Candidate | null;
  readonly prev: string;
  readonly explainsNext: boolean;
};

/** What is wrong with an entry whose hash is not that of its content. */
export function alteredStory(
  look: LedgerLook,
  entry: StoredEntry,
  one: ChainBreak,
  next: ChainBreak | undefined,
  prices: Prices | null,
  mayTry: () => boolean,
): Story {
  const targets = new Set([entry.hash]);
  const nextUnlinked = next !== undefined && !next.linked;
  if (nextUnlinked) targets.add(next.storedPrev);
  if (nextUnlinked && one.ownHash === next.storedPrev) {
    return { kind: 'hash', truth: null, prev: entry.prevHash, explainsNext: true };
  }
  if (!one.linked && entryHash(one.beforeHash, entry) === entry.hash) {
    return { kind: 'prev', truth: null, prev: one.beforeHash, explainsNext: false };
  }
  for (const prev of new Set([entry.prevHash, one.beforeHash])) {
    const fit = firstFit(candidatesOf(look, entry, prices), prev, targets);
    if (fit !== null) {
      return { kind: 'content', truth: fit.candidate, prev, explainsNext: fit.hash !== entry.hash };
    }
  }
  if (mayTry()) {
    const fit = firstFit(amountsTried(entry), entry.prevHash, targets);
    if (fit !== null) {
      return {
        kind: 'content',
        truth: fit.candidate,
        prev: entry.prevHash,
        explainsNext: fit.hash !== entry.hash,
      };
    }
  }
  return { kind: 'content', truth: null, prev: entry.prevHash, explainsNext: nextUnlinked };
}

/** Whether an entry was changed, and what stood there was not found. */
export const isUnknown = (story: Story): boolean => story.kind === 'content' && story.truth === null;

export function tellAltered(
  facts: Facts,
  entry: StoredEntry | null,
  one: ChainBreak,
  story: Story | null,
  board: Board,
): boolean {
  const at = placeOf(facts, one.seq);
  const common = {
    severity: 'error' as const,
    seq: one.seq,
    executionId: entry?.executionId ?? null,
    agent: entry?.agent ?? null,
  };
  const key = `entry:${one.seq}`;
  if (entry === null || story === null || isUnknown(story)) {
    facts.flags[at]! |= SEEN.broken;
    const whose =
      entry === null
        ? ''
        : ` (${stepName(facts.kind[at]!)}${entry.agent === null ? '' : `, ${shown(entry.agent)}`})`;
    const draft = board.add(key, {
      ...common,
      kind: 'entry-altered',
      message: `Entry ${one.seq}${whose} is not what was written: its content does not give the hash that it was chained with. What stood there could not be found by trying what the other records say. Those behind it are chained to the original.`,
      expected: one.storedHash,
      found: one.ownHash ?? 'no text',
      sure: 'proved',
    });
    draft.because.push(
      witness('hash', `entry ${one.seq}`, 'its stored hash is not that of its content', false, one.seq),
    );
    return false;
  }
  if (story.kind !== 'content') {
    const what = story.kind === 'hash' ? 'hash' : 'stored predecessor';
    board.add(key, {
      ...common,
      kind: 'entry-altered',
      message: `The ${what} of entry ${one.seq} was changed: its content fits what the entries around it are chained to. Amounts and texts of the entry are the original ones.`,
      expected: story.kind === 'hash' ? (one.ownHash ?? '') : one.beforeHash,
      found: story.kind === 'hash' ? one.storedHash : one.storedPrev,
      sure: 'proved',
      because: [
        witness('hash', `entry ${one.seq}`, `its ${what} fits nothing, its content fits`, false, one.seq),
      ],
      was: formerEntry(one.seq, entry.agent, entry, story.kind === 'hash' ? one.ownHash : one.storedHash),
    });
    return false;
  }
  const truth = story.truth!;
  const respelled = sameValue(truth, entry);
  const inForm = entry.odd !== null && entry.payload === truth.payload && entry.type === truth.type;
  const { expected, found } = inForm ? { expected: 'a text', found: entry.odd } : differences(truth, entry);
  const name = stepName(KIND[kindOf(truth.type)]);
  const of = entry.agent === null ? '' : `, ${shown(entry.agent)}`;
  board.add(key, {
    ...common,
    kind: respelled ? 'entry-respelled' : 'entry-altered',
    executionId: truth.executionId,
    message: respelled
      ? `The text of entry ${one.seq} was respelled; no value changed. Blanks, order or escapes of its payload (${name}${of}) are not those that were hashed.`
      : `Entry ${one.seq} was changed after it was written: it (${name}${of}) said ${expected}, and now says ${found}. The original content gives the stored hash again, which proves it. Only this entry is affected.`,
    expected,
    found,
    sure: 'proved',
    because: [
      witness('hash', `entry ${one.seq}`, 'its hash is not that of its content', false, one.seq),
      witness('hash', truth.from, `gives the hash that entry ${one.seq} was chained with`, true, one.seq),
    ],
    ...(respelled ? {} : { was: formerEntry(one.seq, entry.agent, truth, entryHash(story.prev, truth)) }),
  });
  if (respelled) return false;
  takeTruth(facts, at, entry, truth);
  return true;
}

export function takeTruth(facts: Facts, at: number, entry: StoredEntry, truth: Candidate): void {
  const flags = facts.flags[at]!;
  setEntry(facts, at, { ...truth, agent: entry.agent, ts: entry.ts }, readPayload(truth.type, truth.payload));
  facts.flags[at] = flags | SEEN.restored;
  const odd = facts.odd.findIndex((one) => one.at === at);
  if (odd >= 0) facts.odd.splice(odd, 1);
}

function sameValue(truth: Candidate, entry: StoredEntry): boolean {
  return (
    truth.type === entry.type &&
    (truth.executionId ?? '') === (entry.executionId ?? '') &&
    truth.from === 'its canonical spelling'
  );
}
