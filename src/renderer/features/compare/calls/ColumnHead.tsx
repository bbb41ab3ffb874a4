import type { NodeDetail } from '../../../../contract/vek.ts';
import { LaneBar } from '../../../ui/badge/Badge.tsx';
import { shortHash } from '../../../ui/format.ts';
import { MiddleText } from '../../../ui/middle/MiddleText.tsx';

/** Whose text stands below: branch and hash; `sign` is what its own lines begin with. */
export function ColumnHead({ call, sign }: { readonly call: NodeDetail; readonly sign?: string }) {
  const { branch, record } = call;
  return (
    <span className="cc-column-head">
      {sign !== undefined && (
        <span className="cc-sign mono" aria-hidden>
          {sign}
        </span>
      )}
      {branch !== null && (
        <span className="cc-branch">
          <LaneBar colour={branch.colour} />
          <MiddleText text={branch.name} />
        </span>
      )}
      <span className="hash" title={record.hash}>
        {shortHash(record.hash)}
      </span>
    </span>
  );
}
