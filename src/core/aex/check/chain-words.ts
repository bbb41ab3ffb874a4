import type { ChainPicture, ChainStretch, StretchKind } from '../../../contract/ledger-chain.ts';
import type { LedgerFindingKind } from '../../../contract/ledger-report.ts';

/** A part of what is so of the chain, in a few words. `seq`: the entry it leads to; null: it is not there. */
export type ChainWord = {
  readonly text: string;
  readonly tone: 'ok' | 'bad' | 'warn' | 'note';
  readonly seq: number | null;
};

/** Stretches that are told one by one. Of more only the first places are, and how many there are. */
const MOST_TOLD = 3;
const FIRST_PLACES = 2;

const TONES: Readonly<Record<StretchKind, ChainWord['tone']>> = {
  verified: 'ok',
  follows: 'ok',
  unproved: 'note',
  altered: 'bad',
  forged: 'bad',
  anew: 'warn',
  missing: 'bad',
  moved: 'bad',
  lost: 'warn',
  broken: 'bad',
};

/** What is so of the chain, part by part; nothing where there is none. */
export function chainWords({ stretches, coarse, counts }: ChainPicture): readonly ChainWord[] {
  const [only] = stretches;
  if (only === undefined) return [];
  if (stretches.length === 1 && only.is === 'verified') {
    const text = only.entries === 1 ? '1 entry verified' : `All ${count(only.entries)} entries verified`;
    return [{ text, tone: 'ok', seq: null }];
  }
  if (stretches.length === 1 && only.is === 'missing') {
    return [{ text: `All ${count(only.entries)} entries missing`, tone: 'bad', seq: null }];
  }
  if (isMild({ counts })) return mildWords(stretches, counts);
  if (!coarse && stretches.length <= MOST_TOLD) return stretches.map(wordOf);
  const sound = only.is === 'verified' ? [wordOf(only)] : [];
  const places = stretches.filter(({ is }) => isPlace(is));
  const told = places.slice(0, FIRST_PLACES);
  const left = places.length - told.length;
  return [
    ...sound,
    ...told.map(wordOf),
    ...(left > 0
      ? [{ text: `${count(left)} more places`, tone: 'bad' as const, seq: places[FIRST_PLACES]!.from }]
      : []),
    ...(['follows', 'unproved', 'anew'] as const).flatMap((is) => {
      const entries = counts[is] ?? 0;
      return entries === 0 ? [] : [{ text: `${count(entries)} ${restWord(is)}`, tone: TONES[is], seq: null }];
    }),
  ];
}

/** Whether nothing is wrong but what AEX does itself. */
export const isMild = ({ counts }: Pick<ChainPicture, 'counts'>): boolean =>
  (counts.lost ?? 0) > 0 &&
  Object.keys(counts).every((is) => is === 'lost' || is === 'verified' || is === 'follows');

/** Of entries that a deletion of agents took something from. */
function mildWords(stretches: readonly ChainStretch[], counts: ChainPicture['counts']): readonly ChainWord[] {
  const sound = (counts.verified ?? 0) + (counts.follows ?? 0);
  const lost = counts.lost ?? 0;
  return [
    ...(sound === 0 ? [] : [{ text: `${count(sound)} verified`, tone: 'ok' as const, seq: null }]),
    {
      text: `${count(lost)} of a deleted agent can't be recomputed`,
      tone: 'warn',
      seq: stretches.find(({ is }) => is === 'lost')?.from ?? null,
    },
  ];
}

/** Where something was done to the chain; what stands behind such a place only follows from it. */
const isPlace = (is: StretchKind): boolean =>
  is !== 'verified' && is !== 'follows' && is !== 'unproved' && is !== 'anew';

/** The first place where something was done to the chain, as a status says it; null: none. */
export function worstWord({ stretches }: Pick<ChainPicture, 'stretches'>): string | null {
  const first =
    stretches.find(({ is }) => isPlace(is) && is !== 'lost') ?? stretches.find(({ is }) => is === 'anew');
  if (first === undefined) return null;
  const many = first.entries > 1 && first.to > first.from;
  const which = `${many ? 'Entries' : 'Entry'} ${span(first)}`;
  switch (first.is) {
    case 'missing':
      if (stretches.length === 1) return `All ${count(first.entries)} entries missing`;
      return first.to < first.from
        ? `${first.entries === 1 ? 'An entry is' : `${count(first.entries)} entries are`} missing before ${count(first.from)}`
        : `${which} missing`;
    case 'forged':
      return first.by === 'entry-replaced'
        ? `${which} forged`
        : `Not trusted from entry ${count(first.from)} on`;
    case 'anew':
      return `Not trusted from entry ${count(first.from)} on`;
    case 'moved':
      return `${which} moved`;
    case 'altered':
      return `${which} ${first.by === 'entry-respelled' ? 'respelled' : 'altered'}`;
    default:
      return `Chain broken at entry ${count(first.from)}`;
  }
}

function wordOf(stretch: ChainStretch): ChainWord {
  const { is, from, to, entries, by } = stretch;
  const seq = is === 'missing' && to >= from ? null : from;
  if (is === 'missing' && to < from) {
    return { text: `${count(entries)} missing before ${count(from)}`, tone: 'bad', seq };
  }
  return { text: `${span(stretch)} ${stretchWord(is, by)}`, tone: TONES[is], seq: isPlace(is) ? seq : null };
}

/** What is so of the entries of a stretch, as it follows their numbers. */
export function stretchWord(is: StretchKind, by: LedgerFindingKind | null): string {
  switch (is) {
    case 'verified':
      return 'verified';
    case 'altered':
      return by === 'entry-respelled' ? 'respelled' : 'altered';
    case 'forged':
      return by === 'entry-replaced'
        ? 'forged'
        : by === 'amount-differs'
          ? 'contradicted'
          : 'not written by AEX';
    case 'missing':
      return 'missing';
    case 'moved':
      return 'in another order';
    case 'lost':
      return "can't be recomputed";
    case 'broken':
      return 'does not fit';
    default:
      return restWord(is);
  }
}

function restWord(is: 'follows' | 'unproved' | 'anew'): string {
  if (is === 'follows') return 'chained to the original';
  return is === 'unproved' ? 'not proved' : 'hashed anew, not trusted';
}

const span = ({ from, to }: Pick<ChainStretch, 'from' | 'to'>): string =>
  from >= to ? count(from) : `${count(from)} to ${count(to)}`;

const count = (value: number): string => value.toLocaleString('en-US');
