import { TriangleAlert } from 'lucide-react';
import type { Failure } from '../../../contract/failure.ts';
import { CopyDetails } from '../../ui/empty/FailureState.tsx';
import { visibleText } from '../../ui/visible-text.ts';
import '../actions/actions.css';

/** Why a change was not written: nothing was, and what can be done. */
export function EditFailed({ error }: { readonly error: Failure }) {
  return (
    <div className="action-failed" role="alert">
      <TriangleAlert className="icon" size={20} aria-hidden />
      <p className="action-failed-title">
        <bdi>{visibleText(error.message)}</bdi>
      </p>
      <p>{visibleText(error.hint)}</p>
      <CopyDetails error={error} />
    </div>
  );
}
