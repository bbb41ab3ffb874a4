import type { Severity } from '../../../contract/problem.ts';
import { entryHash, GENESIS } from '../chain/entry-hash.ts';
import type { ChainBreak, ChainVerdict } from '../chain/verdict.ts';
import { NONE } from '../columns.ts';
import { kindOf, readPayload, type StoredEntry } from '../entry.ts';
import type { LedgerLook } from '../store.ts';
import type { Beside } from './beside.ts';
import { witness, type Board, type Draft } from './board.ts';
import { amountsTried, candidatesOf, firstFit, type Candidate } from './candidates.ts';
import { KIND, nameOf, placeOf, reorder, SEEN, seqAt, setEntry, type Facts } from './facts.ts';
import { tellGaps, type GapStory } from './gaps.ts';
import { reorderedOf } from './order.ts';
import type { Prices } from './records.ts';
import { alignStream, type StreamAlignment } from './stream.ts';
import { differences, entriesText, kindName, shown } from './words.ts';

export type ChainStory = {
  /** agents whose executions a deletion took away, with the finding that says so */
  readonly deleted: ReadonlyMap<string, Draft>;
  readonly gaps: readonly GapStory[];
  /** something of the facts was put right, so that the older stream has to be put beside them again */
  readonly changed: boolean;
};

/** Breaks whose entries are looked at one by one. Beyond: they are listed without their true content. */
const MAX_LOOKED = 300;
/** Breaks for which every small amount is tried. */
const MAX_TRIED = 4;
/** Entries before a replaced one that may have been replaced as well, with all hashes up to it. */
const MAX_BACK = 60;

/**
 * Why the chain is broken: each break becomes one finding, and where other records prove the true content, the facts
 * take it, so that nothing is told twice.
 */
export function diagnose(
  look: LedgerLook,
  facts: Facts,
  chain: ChainVerdict,
  beside: Beside,
  alignment: StreamAlignment,
  prices: Prices | null,
  board: Board,
): ChainStory {
  const partitioned = chain.breaks.some(({ partition }) => partition !== null);
  const deleted = tellDeleted(look, facts, chain, alignment, board);
  let changed = false;
  const explained = new Set<number>();
  let open = chain.breaks.filter(({ seq }) => {
    const at = placeOf(facts, seq);
    return !isDeleted(facts, at, deleted) || !brokenOnlyByContent(chain, seq);
  });
  for (const stretch of partitioned ? [] : reorderedOf(look, open)) {
    tellReordered(facts, stretch, board);
    for (let seq = stretch.from; seq <= stretch.to + 1; seq++) explained.add(seq);
    const after = open.find(({ before }) => before === stretch.to);
    if (after !== undefined) explained.add(after.seq);
    changed = true;
  }
  open = open.filter((one) => !explained.has(one.seq) || (!one.fits && one.linked));
  const follows = new Map(chain.breaks.map((one) => [one.before, one]));
  let looked = 0;
  let tried = 0;
  const handled = new Set<number>();
  for (const one of open) {
    if (one.fits || handled.has(one.seq) || isDeleted(facts, placeOf(facts, one.seq), deleted)) continue;
    looked += 1;
    const entry = looked <= MAX_LOOKED ? look.entry(one.seq) : null;
    const next = follows.get(one.seq);
    const story =
      entry === null ? null : alteredStory(look, entry, one, next, prices, () => (tried += 1) <= MAX_TRIED);
    changed = tellAltered(facts, entry, one, story, board) || changed;
    if (story !== null && next !== undefined && !next.linked && story.explainsNext) handled.add(next.seq);
  }
  const unlinked = open.filter(
    (one) =>
      !one.linked &&
      !handled.has(one.seq) &&
      (one.fits || isDeleted(facts, placeOf(facts, one.seq), deleted)),
  );
  const aligned = changed ? alignStream(look, facts, beside) : alignment;
  const gaps = tellGaps(look, facts, unlinked, aligned, prices, board);
  changed ||= gaps.some(({ inserted }) => inserted > 0);
  for (const one of unlinked) {
    if (gaps.some(({ to }) => to === one.seq)) continue;
    looked += 1;
    changed = tellReplaced(look, facts, one, prices, looked <= MAX_LOOKED, board) || changed;
  }
  return { deleted, gaps, changed };
}

/** Whether nothing but the content of an entry is broken: its links hold. */
function brokenOnlyByContent(chain: ChainVerdict, seq: number): boolean {
  const own = chain.breaks.find((one) => one.seq === seq);
  return own !== undefined && own.linked;
}

function isDeleted(facts: Facts, at: number, deleted: ReadonlyMap<string, Draft>): boolean {
  const kind = facts.kind[at]!;
  if (facts.execution[at] !== NONE || kind === KIND.lifecycle || kind === KIND.other) return false;
  return deleted.has(facts.names[facts.agent[at]!]!);
}

/** What deleting an agent does: its entries lose the execution that was part of their hash (formats/aex.md §18.4). */
function tellDeleted(
  look: LedgerLook,
  facts: Facts,
  chain: ChainVerdict,
  alignment: StreamAlignment,
  board: Board,
): Map<string, Draft> {
  const live = new Set(look.accounts().map(({ name }) => name));
  const deletions = new Map(alignment.deletions.map((one) => [one.agent, one]));
  const found = new Map<string, Draft>();
  const counts = new Map<string, { first: number; last: number; count: number }>();
  const broken = new Set(chain.breaks.filter(({ fits }) => !fits).map(({ seq }) => seq));
  let rehashed = 0;
  let firstRehashed: number | null = null;
  for (let at = 0; at < facts.count; at++) {
    if (facts.execution[at] !== NONE) continue;
    const kind = facts.kind[at]!;
    if (kind === KIND.lifecycle || kind === KIND.other) continue;
    const name = facts.names[facts.agent[at]!]!;
    const gone = facts.agent[at] !== 0 && (!live.has(name) || deletions.has(name));
    if (!gone && broken.has(seqAt(facts, at))) continue;
    const known = counts.get(name);
    const seq = seqAt(facts, at);
    if (chain.moreBreaks === 0 && !broken.has(seq)) {
      rehashed += 1;
      firstRehashed ??= at;
      continue;
    }
    if (known === undefined) counts.set(name, { first: seq, last: seq, count: 1 });
    else {
      known.count += 1;
      known.last = seq;
    }
  }
  if (firstRehashed !== null) tellRehashed(facts, firstRehashed, rehashed, board);
  for (const [name, { first, last, count }] of counts) {
    const row = deletions.get(name)?.row;
    const severity: Severity = row === undefined ? 'error' : 'warning';
    const said =
      row === undefined
        ? 'but no deletion is recorded in the older event stream'
        : `as the older event stream records (${row.timestamp ?? 'without a time'})`;
    const draft = board.add(`deleted:${name}`, {
      kind: 'agent-deleted',
      severity,
      seq: first,
      agent: name,
      message: `The agent ${shown(name)} is not in the ledger any more, ${said}. Deleting an agent takes the execution out of its ${count} entries (${entriesText(first, last)}); it was part of their hashes, so these can't be recomputed any more. The links to the entries around them hold. This is what AEX itself does, no sign of tampering.`,
      expected: 'the executions of its entries',
      found: 'no execution',
      since: first,
      sure: row === undefined ? 'likely' : 'proved',
    });
    if (row !== undefined) {
      draft.because.push(witness('stream', `row ${row.id} of events`, 'AGENT_DELETED', true));
    } else {
      draft.message = draft.message.replace(
        ' This is what AEX itself does, no sign of tampering.',
        ' AEX records a deletion in the same step, so its row was removed some other way.',
      );
    }
    found.set(name, draft);
    board.unknown(
      'entries-of-deleted-agent',
      `What stood in the ${count} entries of the deleted agent ${shown(name)} can't be proved: the execution that was hashed with them is gone.`,
      name,
      first,
    );
  }
  return found;
}

/** The key of that finding: part of the story of the entry that was changed, where one is found. */
export const REHASHED = 'rehashed';

/** An entry without its execution whose hash fits nevertheless: AEX hashed it with one. */
function tellRehashed(facts: Facts, at: number, count: number, board: Board): void {
  const seq = seqAt(facts, at);
  const more = count === 1 ? '' : ` So are ${count - 1} more.`;
  board.add(REHASHED, {
    kind: 'entry-replaced',
    severity: 'error',
    seq,
    agent: nameOf(facts, facts.agent[at]!),
    message: `Entry ${seq}, a ${kindName(facts.kind[at]!)}, names no execution, and its hash fits that. AEX hashes such an entry with its execution, and deleting an agent leaves the hash as it was: it was hashed anew after it lost its execution.${more} The record can't be trusted from entry ${seq} on.`,
    expected: 'an execution, or a hash that does not fit',
    found: 'no execution, and a hash that fits',
    sure: 'proved',
    because: [witness('hash', `entry ${seq}`, 'fits without an execution', false, seq)],
  });
}

function tellReordered(
  facts: Facts,
  stretch: { readonly from: number; readonly to: number; readonly order: readonly number[] },
  board: Board,
): void {
  const from = placeOf(facts, stretch.from);
  const places = stretch.order.map((seq) => placeOf(facts, seq));
  const wrong = places.flatMap((place, i) => (place === from + i ? [] : [seqAt(facts, from + i)]));
  const standing = Array.from({ length: places.length }, (_, i) => seqAt(facts, from + i));
  const names =
    wrong.length <= 6 ? wrong.join(', ') : `${wrong.slice(0, 5).join(', ')} and ${wrong.length - 5} more`;
  const draft = board.add(`entry:${wrong[0]}`, {
    kind: 'entries-reordered',
    severity: 'error',
    seq: wrong[0]!,
    message: `Entries ${names} do not stand in the order they were chained in: followed by their hashes, the order is ${stretch.order.slice(0, 12).join(', ')}${stretch.order.length > 12 ? ', …' : ''}. Every entry is there and its content fits its hash. The order from entry ${wrong[0]} to ${wrong[wrong.length - 1]} can't be trusted.`,
    expected: `order ${stretch.order.slice(0, 40).join(', ')}`,
    found: `order ${standing.slice(0, 40).join(', ')}`,
    sure: 'proved',
  });
  for (const seq of wrong.slice(0, 20)) {
    draft.because.push(
      witness('hash', `entry ${seq}`, 'names another predecessor than the one it stands behind', false, seq),
    );
  }
  reorder(facts, from, places);
}

type Story = {
  readonly kind: 'content' | 'hash' | 'prev';
  readonly truth: Candidate | null;
  readonly prev: string;
  readonly explainsNext: boolean;
};

/** What is wrong with an entry whose hash is not that of its content. */
function alteredStory(
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

function tellAltered(
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
  if (entry === null || story === null || (story.kind === 'content' && story.truth === null)) {
    facts.flags[at]! |= SEEN.broken;
    const draft = board.add(key, {
      ...common,
      kind: 'entry-altered',
      message: `Entry ${one.seq} is not what was written: its content does not give the hash that it was chained with. What stood there could not be found by trying what the other records say. The entry can't be trusted; those behind it are chained to the original.`,
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
    });
    return false;
  }
  const truth = story.truth!;
  const respelled = sameValue(truth, entry);
  const { expected, found } = differences(truth, entry);
  const name = kindName(KIND[kindOf(truth.type)]);
  board.add(key, {
    ...common,
    kind: respelled ? 'entry-respelled' : 'entry-altered',
    executionId: truth.executionId,
    message: respelled
      ? `The text of entry ${one.seq} was respelled: the same values, in other letters than the ones that were hashed. No amount is other than it was.`
      : `Entry ${one.seq} was changed after it was written. It was this ${name}: ${expected}; it says ${found}. The original content gives the stored hash again, which proves it. Only this entry is concerned.`,
    expected,
    found,
    sure: 'proved',
    because: [
      witness('hash', `entry ${one.seq}`, 'its hash is not that of its content', false, one.seq),
      witness('hash', truth.from, `gives the hash that entry ${one.seq} was chained with`, true, one.seq),
    ],
  });
  if (respelled) return false;
  takeTruth(facts, at, entry, truth);
  return true;
}

function takeTruth(facts: Facts, at: number, entry: StoredEntry, truth: Candidate): void {
  const flags = facts.flags[at]!;
  setEntry(facts, at, { ...truth, agent: entry.agent, ts: entry.ts }, readPayload(truth.type, truth.payload));
  facts.flags[at] = (flags & ~SEEN.odd) | SEEN.restored;
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

/** An entry whose own hash fits, and whose successor names another one. */
function tellReplaced(
  look: LedgerLook,
  facts: Facts,
  one: ChainBreak,
  prices: Prices | null,
  lookedAt: boolean,
  board: Board,
): boolean {
  if (one.before === null) {
    board.add(`entry:${one.seq}`, {
      kind: 'chain-broken',
      severity: 'error',
      seq: one.seq,
      message: `Entry ${one.seq} is the first one, and names a predecessor. What stood before it is gone, or its predecessor was changed. Nothing before entry ${one.seq} can be trusted.`,
      expected: GENESIS,
      found: one.storedPrev,
      sure: 'proved',
    });
    return false;
  }
  const last = look.entry(one.before);
  const proof = lookedAt && last !== null ? replacedAt(look, last, one.storedPrev, prices) : null;
  const entry = proof?.entry ?? last;
  const seq = entry?.seq ?? one.before;
  const since = `The record can't be trusted from entry ${seq} on; entry ${one.seq} and those behind it are chained to the original.`;
  const key = `entry:${seq}`;
  const known = board.get(key);
  if (known !== undefined && known.kind !== 'entry-altered') board.delete(key);
  const { expected, found } =
    proof === null
      ? { expected: one.storedPrev, found: one.beforeHash }
      : differences(proof.truth, proof.entry);
  board.add(key, {
    kind: 'entry-replaced',
    severity: 'error',
    seq,
    executionId: proof?.truth.executionId ?? entry?.executionId ?? null,
    agent: entry?.agent ?? null,
    message:
      proof === null
        ? `Entry ${seq} is not the one that entry ${one.seq} was chained to: its own hash fits its content, but entry ${one.seq} names another. It was replaced and hashed anew. ${since}`
        : `Entry ${seq} was replaced and hashed anew: entry ${one.seq} still names the hash of the original. It was ${expected}; it says ${found}. The original content gives that hash again, which proves it. ${since}`,
    expected,
    found,
    sure: 'proved',
    because: [
      witness(
        'hash',
        `entry ${one.seq}`,
        `names ${one.storedPrev.slice(0, 12)}… as the entry before it`,
        false,
        one.seq,
      ),
      witness(
        'hash',
        `entry ${one.before}`,
        `has the hash ${one.beforeHash.slice(0, 12)}…`,
        false,
        one.before,
      ),
      ...(proof === null
        ? []
        : [witness('hash', proof.truth.from, `gives the hash that entry ${one.seq} names`, true, seq)]),
    ],
  });
  if (proof === null || entry === null) return false;
  takeTruth(facts, placeOf(facts, seq), proof.entry, proof.truth);
  return true;
}

/** The entry at or before `last` whose true content, chained on, gives the hash that is named. */
function replacedAt(
  look: LedgerLook,
  last: StoredEntry,
  named: string,
  prices: Prices | null,
): { readonly entry: StoredEntry; readonly truth: Candidate } | null {
  const near = look
    .entries(Math.max(0, last.seq - MAX_BACK), MAX_BACK + 1)
    .filter(({ seq }) => seq <= last.seq);
  for (let i = near.length - 1; i >= 0; i--) {
    const entry = near[i]!;
    for (const truth of candidatesOf(look, entry, prices)) {
      let hash = entryHash(entry.prevHash, truth);
      for (let k = i + 1; k < near.length; k++) hash = entryHash(hash, near[k]!);
      if (hash === named) return { entry, truth };
    }
    if (i === near.length - 1) {
      const fit = firstFit(amountsTried(entry), entry.prevHash, new Set([named]));
      if (fit !== null) return { entry, truth: fit.candidate };
    }
  }
  return null;
}
