import type { ChainState } from '../../../../contract/ledger.ts';

const STATE_WORDS: Readonly<Record<ChainState, string>> = {
  verified: 'verified',
  follows: 'follows the stored hash',
  broken: 'hash does not match',
  unknown: 'can’t be recomputed',
};

/** One link of the chain beside its entry: solid verified, cross broken, hollow follows, dashed unknown. */
export function ChainCell({ state }: { readonly state: ChainState }) {
  return (
    <>
      <span className="visually-hidden">{STATE_WORDS[state]}</span>
      <svg className="ls-link" data-state={state} viewBox="0 0 16 16" width={16} height={16} aria-hidden>
        {state === 'broken' ? (
          <path d="M4.5 4.5l7 7M11.5 4.5l-7 7" />
        ) : (
          <circle cx={8} cy={8} r={state === 'verified' ? 3 : 2.75} />
        )}
      </svg>
    </>
  );
}
