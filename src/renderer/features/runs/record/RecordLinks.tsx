import { GitBranch, ListTree, Receipt, type LucideIcon } from 'lucide-react';
import type { SourceLink } from '../../../../contract/records.ts';
import { revealCall } from '../../../state/selection.ts';
import { openExecution, openGraph, openRecordTab } from '../../../state/tabs.ts';
import { Button } from '../../../ui/button/Button.tsx';
import { visibleText } from '../../../ui/visible-text.ts';
import { Told } from '../../ledger/Told.tsx';

/** Goes to the place in another store that recorded the same thing. */
export function followLink({ kind, source, target, title }: SourceLink): void {
  switch (kind) {
    case 'vek-call':
      openGraph(source);
      revealCall(source, target);
      return;
    case 'agent-record':
      openRecordTab(source, target, visibleText(title));
      return;
    case 'ledger-execution':
      openExecution(source, target, visibleText(title));
      return;
    default:
      kind satisfies never;
  }
}

const ICONS: Readonly<Record<SourceLink['kind'], LucideIcon>> = {
  'vek-call': GitBranch,
  'agent-record': ListTree,
  'ledger-execution': Receipt,
};

/** What other stores of the workspace recorded of the same thing, and why that is known. */
export function RecordLinks({ links }: { readonly links: readonly SourceLink[] }) {
  return (
    <ul className="rd-links">
      {links.map((link) => (
        <li key={`${link.source} ${link.target}`}>
          <Button size="small" look="link" icon={ICONS[link.kind]} onClick={() => followLink(link)}>
            <bdi>
              <Told text={link.title} />
            </bdi>
          </Button>
          <span className="rd-muted">
            in <bdi>{visibleText(link.sourceName)}</bdi>: <Told text={link.because} />
          </span>
        </li>
      ))}
    </ul>
  );
}
