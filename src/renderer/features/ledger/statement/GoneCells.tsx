/* oxlint-disable jsx-a11y/prefer-tag-over-role -- cells of a grid whose rows are not all drawn */
import type { GoneRow } from '../../../../contract/ledger-chain.ts';
import { shortHash } from '../../../ui/format.ts';
import { ChainCell } from './ChainCell.tsx';
import { goneSteps, goneWhich } from './gone-words.ts';
import './gone.css';

/** Entries that are not there any more, where they stood: which, what they were, and how that is known. */
export function GoneCells({ gone }: { readonly gone: GoneRow }) {
  const { entries } = gone;
  const told = goneSteps(gone);
  const hash = entries.at(-1)?.hash ?? null;
  return (
    <>
      <span role="gridcell" className="ls-chain">
        <ChainCell state="gone" />
      </span>
      <span role="gridcell" className="ls-gone">
        <b>{goneWhich(gone)}</b>
        <span className="truncate">
          {told.length === 0 ? 'no other record says what stood there' : told.join('; ')}
        </span>
        {told.length > 0 && (
          <span className="ls-gone-how" title={hash === null ? LIKELY : PROVED}>
            {hash === null ? 'by other records' : `proved, hash ${shortHash(hash)}`}
          </span>
        )}
      </span>
    </>
  );
}

const PROVED =
  'With these entries the chain closes again: they give the hash that the entry after them names.';
const LIKELY = 'Other records of these calls say so. No hash proves it.';
