import type { ChainStretch, StretchKind } from '../../../contract/ledger-chain.ts';
import type { ChainLink } from '../../../contract/ledger-detail.ts';
import { isBehindBreak, stretchAt } from '../../../core/aex/check/stretches.ts';

/** How a link is drawn. `open`: it fits, and nothing proves what it is chained to. */
export type LinkState = 'proved' | 'closed' | 'open' | 'anew' | 'lost' | 'bad';

const BY_STRETCH: Readonly<Partial<Record<StretchKind, LinkState>>> = {
  verified: 'proved',
  follows: 'closed',
  anew: 'anew',
  forged: 'bad',
};

/** A link as it was recomputed now, by what the last check saw around it. */
export function linkState(
  { seq, fits, linked }: Pick<ChainLink, 'seq' | 'fits' | 'linked'>,
  stretches: readonly ChainStretch[],
): LinkState {
  const stretch = stretchAt(stretches, seq);
  if (fits && (linked || isBehindBreak(stretches, seq))) {
    return stretch === null ? 'open' : (BY_STRETCH[stretch.is] ?? 'open');
  }
  return !fits && linked && stretch?.is === 'lost' ? 'lost' : 'bad';
}

/** The first place where the chain is not simply whole; null: it is. */
export const firstPlace = (stretches: readonly ChainStretch[]): number | null =>
  stretches.find(({ is }) => is !== 'verified')?.from ?? null;
