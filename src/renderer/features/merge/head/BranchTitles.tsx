import type { MergePreview } from '../../../../contract/merge.ts';
import { openNodeTab } from '../../../state/tabs.ts';
import { RefBadge } from '../../../ui/badge/Badge.tsx';
import { formatCount, formatCounted, shortHash } from '../../../ui/format.ts';
import { MiddleText } from '../../../ui/middle/MiddleText.tsx';
import { visibleText } from '../../../ui/visible-text.ts';
import { useScene } from '../state/scene.ts';

/** Which branches are merged, and from where on. */
export function BranchTitles({ preview }: { readonly preview: MergePreview }) {
  const { source, names } = useScene();
  const { into, from } = preview;
  return (
    <>
      <h2 className="mg-title">
        Merge{' '}
        <RefBadge
          badge={{
            kind: 'branch',
            name: from.name,
            label: from.name,
            head: from.head,
            colour: from.colour,
          }}
        />{' '}
        <span className="mg-into">into</span>{' '}
        <RefBadge
          badge={{
            kind: 'branch',
            name: into.name,
            label: into.name,
            head: into.head,
            colour: into.colour,
          }}
        />
      </h2>
      <p className="mg-since">
        {preview.unrelated || preview.bases.length === 0 ? (
          'They have no common call; '
        ) : (
          <>
            {preview.bases.length === 1
              ? 'From their last common call '
              : `From ${formatCount(preview.bases.length)} common calls, merged first: `}
            {preview.bases.slice(0, 3).map((base, index) => (
              <span key={base.hash}>
                {index > 0 && ', '}
                <button
                  type="button"
                  className="hash hash-link"
                  title={base.hash}
                  onClick={() => openNodeTab(source, base.hash, visibleText(base.tool ?? 'call'))}
                >
                  {shortHash(base.hash)}
                </button>
              </span>
            ))}
            ,{' '}
          </>
        )}
        {formatCounted(into.calls, 'call')} on <MiddleText text={names.ours.name} /> and{' '}
        {formatCount(from.calls)} on <MiddleText text={names.theirs.name} />
      </p>
    </>
  );
}
