import { Tag, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Integrity } from '../../../contract/integrity.ts';
import { useOverview } from '../../state/workspace.ts';
import { Button } from '../../ui/button/Button.tsx';
import { formatCounted } from '../../ui/format.ts';
import { visibleText } from '../../ui/visible-text.ts';
import { tagPart } from './actions.ts';

export type BewareProps = { readonly source: string; readonly value: Integrity };

/** What must not be done with this repository now, where that is so, and what makes it safe again. */
export function Beware({ source, value }: BewareProps) {
  const { cutOff, findings } = value;
  const blocked = useOverview(source).value?.readOnlyReason ?? null;
  const part = cutOff?.listed[0];
  const empty = findings.some((finding) => finding.kind === 'empty-file');
  const circle = findings.find((finding) => finding.kind === 'cycle');
  return (
    <>
      {cutOff !== null && part !== undefined && (
        <Banner
          action={
            <>
              <Button
                size="small"
                icon={Tag}
                disabled={blocked !== null}
                onClick={() => tagPart(source, part)}
              >
                {cutOff.parts === 1 ? 'Protect them with a tag…' : 'Protect the largest part…'}
              </Button>
              {blocked !== null && <p className="in-blocked">{blocked}</p>}
            </>
          }
        >
          <strong>Do not run gc on this repository yet.</strong> {cutOffWords(value)}
        </Banner>
      )}
      {empty && (
        <Banner>
          <strong>Do not run the Python tool in this folder.</strong> It would silently make a new, empty
          repository of this file. Put vek.db back from a backup first.
        </Banner>
      )}
      {circle !== undefined && (
        <Banner>
          <strong>
            Do not run log, replay or verify of the Python tool
            {circle.branch === null ? '' : <> on {visibleText(circle.branch)}</>}.
          </strong>{' '}
          They follow the circle for ever. Vekscope stops at the second visit.
        </Banner>
      )}
    </>
  );
}

function cutOffWords({ cutOff, findings }: Integrity): string {
  if (cutOff === null) return '';
  const gap = findings.find((finding) => finding.kind === 'parent-missing' && finding.branch !== null);
  const where =
    gap === undefined
      ? 'A call is missing'
      : `A call is missing from the chain of ${visibleText(gap.branch ?? '')}`;
  const parts = cutOff.parts === 1 ? '' : ` in ${formatCounted(cutOff.parts, 'part')}`;
  const calls = cutOff.calls === 1 ? 'the 1 call' : `the ${formatCounted(cutOff.calls, 'call')}`;
  const many = cutOff.parts > 1 ? ' Each part needs a tag of its own.' : '';
  return `${where}. gc would delete ${calls}${parts} that no branch reaches.${many}`;
}

type BannerProps = { readonly children: ReactNode; readonly action?: ReactNode };

function Banner({ children, action }: BannerProps) {
  return (
    <div className="in-banner" role="note">
      <TriangleAlert className="icon" size={16} aria-hidden />
      <p>{children}</p>
      {action !== undefined && <div className="in-banner-action">{action}</div>}
    </div>
  );
}
