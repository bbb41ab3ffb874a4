import { TriangleAlert } from 'lucide-react';
import type { Failure } from '../../../../contract/failure.ts';
import { CopyDetails } from '../../../ui/empty/FailureState.tsx';
import { HashText } from '../../../ui/hash/HashText.tsx';
import { hintText } from '../../../ui/visible-text.ts';

/** Why two branches can't be merged, or the merge was not written. */
export function PreviewFailed({ error }: { readonly error: Failure }) {
  return (
    <div className="action-failed" role="alert">
      <TriangleAlert className="icon" size={20} aria-hidden />
      <p className="action-failed-title">
        <HashText text={hintText(error.message)} />
      </p>
      <p>{hintText(error.hint)}</p>
      <CopyDetails error={error} />
    </div>
  );
}
