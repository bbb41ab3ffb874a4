import type { ChainPicture, ChainStretch, StretchKind } from '../../../contract/ledger-chain.ts';
import type { LedgerFinding, LedgerFindingKind } from '../../../contract/ledger-report.ts';
import type { ChainBreak, ChainVerdict } from '../chain/verdict.ts';

/** The part of a verdict that the picture of the chain is made of. */
export type WalkedChain = Pick<ChainVerdict, 'breaks' | 'moreBreaks' | 'head'>;

/** A place where the chain is not simply whole, and what it says of the entries behind it. */
type Mark = {
  readonly is: StretchKind;
  readonly from: number;
  /** `from - 1`: between two entries whose numbers were closed up */
  readonly to: number;
  readonly entries: number;
  readonly by: LedgerFindingKind | null;
  readonly after: Behind | null;
};

/** What can be so of entries behind a mark; the worst of all marks before them counts. */
const BEHIND = ['verified', 'follows', 'unproved', 'anew'] as const;
type Behind = (typeof BEHIND)[number];

/** Here the hashes fit although the content is not what was written: what stands behind was hashed anew. */
const HASHED_ANEW: ReadonlySet<LedgerFindingKind> = new Set([
  'amount-differs',
  'entry-unknown',
  'value-unreadable',
]);

/**
 * The chain from its first entry to its last by everything that a check found, not by the walk along the hashes alone: a
 * hash that fits proves nothing behind an entry that was changed and hashed anew, and one that does not fit is no fault
 * of the entry behind one that is gone.
 */
export function stretchesOf(chain: WalkedChain, findings: readonly LedgerFinding[]): readonly ChainStretch[] {
  const marks = marksOf(chain, findings);
  const last = chain.head?.seq ?? 0;
  const stretches: ChainStretch[] = [];
  let next = chain.head === null ? 1 : Math.min(1, last, marks[0]?.from ?? 1);
  let state: Behind = 'verified';
  const fill = (to: number): void => {
    if (to < next) return;
    stretches.push({ is: state, from: next, to, entries: to - next + 1, by: null });
    next = to + 1;
  };
  for (const { is, from, to, entries, by, after } of marks) {
    const between = to < from;
    if (!between && to < next) continue;
    if (chain.head !== null) fill(Math.min(from - 1, last));
    const start = between ? from : Math.max(from, next);
    stretches.push({ is, from: start, to, entries: between ? entries : to - start + 1, by });
    next = Math.max(next, to + 1);
    if (after !== null && BEHIND.indexOf(after) > BEHIND.indexOf(state)) state = after;
  }
  if (chain.head !== null) fill(last);
  return joined(stretches);
}

/** Neighbours of which the same is so become one. */
function joined(stretches: readonly ChainStretch[]): ChainStretch[] {
  const all: ChainStretch[] = [];
  for (const one of stretches) {
    const before = all.at(-1);
    if (before?.is === one.is && before.by === one.by && before.to + 1 === one.from && one.to >= one.from) {
      all[all.length - 1] = { ...before, to: one.to, entries: before.entries + one.entries };
    } else all.push(one);
  }
  return all;
}

function marksOf(chain: WalkedChain, findings: readonly LedgerFinding[]): Mark[] {
  const breaks = new Map(chain.breaks.map((one) => [one.seq, one]));
  const open = new Map(breaks);
  const marks: Mark[] = [];
  const told = findings.filter(({ severity }) => severity !== 'notice');
  for (const finding of told) {
    for (const mark of ownMarks(finding, chain, breaks, open)) marks.push(mark);
  }
  const lost = told.find(({ kind }) => kind === 'agent-deleted');
  // bytes that a damaged page lost were changed by nobody
  const isDamaged = told.some(({ kind }) => kind === 'file-damaged');
  for (const one of open.values()) marks.push(openMark(one, lost, isDamaged));
  if (chain.moreBreaks > 0) {
    // where they are is not known, but for that they stand behind the listed ones
    const from = (chain.breaks.at(-1)?.seq ?? 0) + 1;
    const to = chain.head?.seq ?? from;
    marks.push({ is: 'unproved', from, to, entries: to - from + 1, by: null, after: 'unproved' });
  }
  return marks.toSorted(
    (a, b) => a.from - b.from || isBetween(a) - isBetween(b) || stretchWeight(b.is) - stretchWeight(a.is),
  );
}

/** What is so of a break that no finding of its own tells. */
function openMark(one: ChainBreak, lost: LedgerFinding | undefined, isDamaged: boolean): Mark {
  const place = { from: one.seq, to: one.seq, entries: 1 };
  if (!one.fits && one.linked && lost !== undefined && lost.seq !== null && one.seq >= lost.seq) {
    return { ...place, is: 'lost', by: lost.kind, after: 'follows' };
  }
  return { ...place, is: one.fits || isDamaged ? 'broken' : 'altered', by: null, after: 'unproved' };
}

/** The marks of one finding. What it explains of the breaks is taken out of `open`. */
function ownMarks(
  finding: LedgerFinding,
  chain: WalkedChain,
  breaks: ReadonlyMap<number, ChainBreak>,
  open: Map<number, ChainBreak>,
): readonly Mark[] {
  const { kind, seq, severity, since, range } = finding;
  if (seq === null) return [];
  const from = range?.from ?? seq;
  const to = range?.to ?? seq;
  const place = { from, to, entries: to - from + 1, by: kind };
  const take = (first: number, last: number): void => {
    for (const one of open.keys()) if (one >= first && one <= last) open.delete(one);
  };
  switch (kind) {
    case 'entry-altered':
    case 'entry-respelled': {
      const behind = breaks.get(to + 1);
      const vouched = isClosed(finding, breaks.get(seq));
      take(from, to);
      // the one behind names what the changed entry had as its hash
      if (behind?.linked === false && behind.fits) open.delete(to + 1);
      return [{ ...place, is: 'altered', after: vouched ? 'follows' : 'unproved' }];
    }
    case 'entry-replaced': {
      const naming = namingBreak(finding, breaks, seq);
      if (naming === null) return [{ ...place, from: seq, to: seq, entries: 1, is: 'forged', after: 'anew' }];
      open.delete(naming);
      const between = naming - seq - 1;
      const after = isClosed(finding, undefined) ? 'follows' : 'unproved';
      const one = { from: seq, to: seq, entries: 1, by: kind };
      if (between === 0) return [{ ...one, is: 'forged', after }];
      const anew = { from: seq + 1, to: naming - 1, entries: between, by: kind };
      return [
        { ...one, is: 'forged', after: null },
        { ...anew, is: 'anew', after },
      ];
    }
    case 'entry-missing': {
      const count = range === undefined ? Math.max(1, finding.gone?.length ?? 1) : place.entries;
      const naming = range === undefined ? seq : to + 1;
      const linked = breaks.get(naming)?.linked !== false;
      if (!linked && breaks.get(naming)?.fits === true) open.delete(naming);
      const isProved = finding.gone?.every(({ hash }) => hash !== null) === true && finding.gone.length > 0;
      const after = linked ? 'anew' : isProved ? 'follows' : 'unproved';
      return [{ ...place, to: range === undefined ? seq - 1 : to, entries: count, is: 'missing', after }];
    }
    case 'tail-missing':
    case 'seen-longer':
      return [{ ...place, is: 'missing', after: null }];
    case 'seen-restored':
      // where it was used on, what is missing was replaced by what stands there
      return chain.head !== null && from > chain.head.seq ? [{ ...place, is: 'missing', after: null }] : [];
    case 'entries-reordered':
      take(from, to);
      // what stands behind names the one that was before it
      if (breaks.get(to + 1)?.fits === true) open.delete(to + 1);
      return [{ ...place, is: 'moved', after: 'follows' }];
    case 'chain-broken':
      open.delete(seq);
      return [{ ...place, is: 'broken', after: 'unproved' }];
    case 'seen-other':
      return [{ from: seq, to: seq, entries: 1, by: kind, is: 'anew', after: 'anew' }];
    default: {
      if (severity !== 'error' || since === null || !HASHED_ANEW.has(kind) || breaks.has(seq)) return [];
      if (chain.head === null || seq > chain.head.seq) return [];
      return [{ ...place, is: 'forged', after: 'anew' }];
    }
  }
}

/** Whether what stood there is known by its hash, so that the chain goes on behind it. */
function isClosed({ because, found }: LedgerFinding, one: ChainBreak | undefined): boolean {
  if (because.some(({ witness, agrees }) => witness === 'hash' && agrees)) return true;
  // only its stored hash, or the one it names, was changed
  return one !== undefined && (found === one.storedHash || found === one.storedPrev);
}

/** The entry that still names the original of a replaced one; null: none does. */
function namingBreak(
  { because }: LedgerFinding,
  breaks: ReadonlyMap<number, ChainBreak>,
  seq: number,
): number | null {
  const named = because.find(
    (said) => said.witness === 'hash' && said.seq !== null && said.seq > seq && isUnlinked(breaks, said.seq),
  );
  return named?.seq ?? null;
}

const isUnlinked = (breaks: ReadonlyMap<number, ChainBreak>, seq: number): boolean =>
  breaks.get(seq)?.linked === false;

/** Marks between two entries stand before those of the second one. */
const isBetween = ({ from, to }: Mark): number => (to < from ? 0 : 1);

/** Worst last, for stretches that are put together. */
const WEIGHT: readonly StretchKind[] = [
  'verified',
  'follows',
  'lost',
  'unproved',
  'anew',
  'moved',
  'missing',
  'broken',
  'forged',
  'altered',
];

/** How bad a kind is: what stands for several stretches is the one with the most weight. */
export const stretchWeight = (is: StretchKind): number => WEIGHT.indexOf(is);

/** The chain as a summary has it: no more than `most` stretches, beyond which neighbours go under the worst of them. */
export function pictureOf(stretches: readonly ChainStretch[], most: number): ChainPicture {
  const counts: Partial<Record<StretchKind, number>> = {};
  for (const { is, entries } of stretches) counts[is] = (counts[is] ?? 0) + entries;
  if (stretches.length <= most) return { stretches, coarse: false, counts };
  const size = Math.ceil(stretches.length / most);
  const coarse: ChainStretch[] = [];
  for (let at = 0; at < stretches.length; at += size) {
    const group = stretches.slice(at, at + size);
    const worst = group.toSorted((a, b) => stretchWeight(b.is) - stretchWeight(a.is))[0]!;
    coarse.push({
      ...worst,
      from: group[0]!.from,
      to: group.at(-1)!.to,
      entries: group.reduce((sum, one) => sum + one.entries, 0),
    });
  }
  return { stretches: coarse, coarse: true, counts };
}

/** What is so of an entry that exists; null: it was written after the check. */
export function stretchAt(stretches: readonly ChainStretch[], seq: number): ChainStretch | null {
  const one = stretches[placeIn(stretches, seq)];
  return one === undefined || one.is === 'missing' || seq > one.to ? null : one;
}

/** Whether the entry names what stood before it until something was done to that, which is no fault of its own. */
export function isBehindBreak(stretches: readonly ChainStretch[], seq: number): boolean {
  const at = placeIn(stretches, seq);
  const one = stretches[at];
  const before = stretches[at - 1];
  if (one === undefined || before === undefined || one.from !== seq) return false;
  return before.is !== 'verified' && before.is !== 'lost' && one.is !== 'moved';
}

/** The place of the last stretch that begins at or before a number, or of the first one. */
function placeIn(stretches: readonly ChainStretch[], seq: number): number {
  let low = 0;
  let high = stretches.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (stretches[middle]!.from <= seq) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}
