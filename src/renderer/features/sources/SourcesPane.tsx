import { History, Plus, TriangleAlert } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { Workspace } from '../../../contract/workspace.ts';
import { chooseFolder } from '../../app/folders.ts';
import { problemCount } from '../../app/problem-count.ts';
import { useOperations } from '../../state/operations.ts';
import { setDrawer } from '../../state/overlays.ts';
import { toggleBottomPane } from '../../state/bottom.ts';
import { useSettings } from '../../state/settings.ts';
import { useActiveSource, useOverview } from '../../state/workspace.ts';
import { IconButton } from '../../ui/button/Button.tsx';
import { formatCount } from '../../ui/format.ts';
import { SourceTree } from './SourceTree.tsx';
import type { Folds } from './rows.ts';
import './sources.css';

const OPEN: Folds = { closed: new Set(), marksOpen: new Set(), all: new Set() };

/** The left pane: what is in the folder, its branches and tags, and what Vekscope wrote and found. */
export function SourcesPane({ workspace }: { readonly workspace: Workspace }) {
  const [folds, setFolds] = useState(OPEN);
  const active = useActiveSource();
  const overview = useOverview(active?.id ?? null);
  const operations = useOperations(active?.id ?? null);
  const { bottomOpen, bottomPane } = useSettings((state) => state.layout);
  const problems = active === null ? 0 : problemCount(active, overview.value);
  return (
    <nav className="sources" aria-label="Sources">
      <div className="sources-head">
        <h2 id="sources-title">Sources</h2>
        <IconButton
          icon={Plus}
          size="small"
          label="Open another folder"
          onClick={() => void chooseFolder()}
        />
      </div>
      <SourceTree sources={workspace.sources} folds={folds} onFolds={setFolds} />
      {active !== null && (
        <div className="sources-foot">
          <FootRow
            icon={History}
            label="Operations"
            open={bottomOpen && bottomPane === 'operations'}
            onClick={() => toggleBottomPane('operations')}
          >
            {operations.list !== null && operations.list.length > 0 && formatCount(operations.list.length)}
          </FootRow>
          <FootRow
            icon={TriangleAlert}
            label="Problems"
            open={bottomOpen && bottomPane === 'problems'}
            onClick={() => toggleBottomPane('problems')}
          >
            {problems > 0 && <span className="tree-bad">{formatCount(problems)}</span>}
          </FootRow>
        </div>
      )}
    </nav>
  );
}

type FootRowProps = {
  readonly icon: LucideIcon;
  readonly label: string;
  readonly open: boolean;
  readonly onClick: () => void;
  readonly children: ReactNode;
};

function FootRow({ icon: Icon, label, open, onClick, children }: FootRowProps) {
  return (
    <button
      type="button"
      className="tree-row"
      aria-expanded={open}
      onClick={() => {
        onClick();
        setDrawer(null);
      }}
    >
      <Icon className="icon" size={16} aria-hidden />
      <span className="tree-name truncate">{label}</span>
      <span className="tree-end">{children}</span>
    </button>
  );
}
