import { TriangleAlert } from 'lucide-react';
import type { Failure } from '../../../contract/failure.ts';
import { CopyDetails } from '../../ui/empty/FailureState.tsx';

export type OpenFailureProps = { readonly path: string; readonly error: Failure };

/** Why a folder could not be opened, where it was asked for. */
export function OpenFailure({ path, error }: OpenFailureProps) {
  return (
    <div className="open-failure" role="alert">
      <TriangleAlert className="icon" size={16} aria-hidden />
      <div>
        <p className="open-failure-title">{error.message}</p>
        <p>{error.hint}</p>
        {path !== 'sample' && (
          <p className="open-failure-path">
            <bdi>{path}</bdi>
          </p>
        )}
        <CopyDetails error={error} />
      </div>
    </div>
  );
}
