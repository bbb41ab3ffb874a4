import type { Failure } from '../../../contract/failure.ts';
import { Button } from '../button/Button.tsx';
import { CopyDetails, FailureState } from './FailureState.tsx';
import './again.css';

type Props = {
  readonly error: Failure;
  readonly again: () => void;
};

/** A whole view that could not be read, and can be asked for once more. */
export function AgainState({ error, again }: Props) {
  return <FailureState error={error} actions={<Again again={again} />} />;
}

/** Above a view that shows what was read last: why it is not newer. `what` names what stands there. */
export function StaleNotice({ what, error, again }: Props & { readonly what: string }) {
  return (
    <div className="stale-notice" role="alert">
      <p>{`${what} as of the last time the files could be read. ${error.message} ${error.hint}`}</p>
      <Again again={again} />
      <CopyDetails error={error} />
    </div>
  );
}

const Again = ({ again }: { readonly again: () => void }) => (
  <Button size="small" onClick={again}>
    Try again
  </Button>
);
