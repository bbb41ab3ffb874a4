import { History, Plus, Search, TriangleAlert } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { useMemo, type KeyboardEvent, type ReactNode } from 'react';
import type { Workspace } from '../../../contract/workspace.ts';
import { chooseFolder } from '../../app/folders.ts';
import { useProblems } from '../../app/problem-count.ts';
import { toggleBottomPane } from '../../state/bottom.ts';
import { useEdits } from '../../state/edits.ts';
import { useLedgersStore } from '../../state/ledgers.ts';
import { useMergesStore } from '../../state/merges.ts';
import { useOperations } from '../../state/operations.ts';
import { setDrawer } from '../../state/overlays.ts';
import { useSettings } from '../../state/settings.ts';
import { useActiveSource, useOverview, useWorkspaceStore } from '../../state/workspace.ts';
import { IconButton } from '../../ui/button/Button.tsx';
import { useAgentsStore } from '../../state/agents-overview.ts';
import { TextField } from '../../ui/field/TextField.tsx';
import { formatCount } from '../../ui/format.ts';
import { setNameFilter, useFolds } from './folds.ts';
import { FIRST_ROWS, namesIn, paneRows } from './rows.ts';
import { SourceTree } from './SourceTree.tsx';
import './sources.css';

/** The left pane: what is in the folder, its branches and tags, and what Vekscope wrote and found. */
export function SourcesPane({ workspace }: { readonly workspace: Workspace }) {
  const folds = useFolds();
  const states = useWorkspaceStore((state) => state.overviews);
  const overviews = useMemo(
    () => Object.fromEntries(Object.entries(states).map(([id, { value }]) => [id, value])),
    [states],
  );
  const merges = useMergesStore((state) => state.bySource);
  const known = useAgentsStore((state) => state.agents);
  const agents = useMemo(
    () => Object.fromEntries(Object.entries(known).map(([id, { value }]) => [id, value])),
    [known],
  );
  const books = useLedgersStore((state) => state.ledgers);
  const ledgers = useMemo(
    () => Object.fromEntries(Object.entries(books).map(([id, { value }]) => [id, value])),
    [books],
  );
  const rows = useMemo(
    () => paneRows(workspace.sources, overviews, folds, merges, agents, ledgers),
    [workspace.sources, overviews, folds, merges, agents, ledgers],
  );
  const many = namesIn(overviews, agents) > FIRST_ROWS || folds.filter !== '';
  const kinds = new Set(workspace.sources.map(({ kind }) => kind));
  const names = nameWords(kinds.has('vek'), kinds.has('agents'));
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
      {many && <NameFilter value={folds.filter} label={`Filter ${names.all}`} />}
      {rows.length === 0 && folds.filter !== '' ? (
        <p className="sources-none">No {names.none} has this in its name.</p>
      ) : (
        <SourceTree rows={rows} />
      )}
      <Foot />
    </nav>
  );
}

/** What the names of the pane are of: all of them, and none of them. */
function nameWords(vek: boolean, agents: boolean): { readonly all: string; readonly none: string } {
  if (!agents) return { all: 'branches and tags', none: 'branch, tag or checkpoint' };
  return vek
    ? { all: 'agents, branches and tags', none: 'agent, branch, tag or checkpoint' }
    : { all: 'agents', none: 'agent' };
}

function NameFilter({ value, label }: { readonly value: string; readonly label: string }) {
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const tree = event.currentTarget
      .closest('.sources')
      ?.querySelector<HTMLElement>('[role=tree] [tabindex="0"]');
    if (event.key === 'Escape' && value !== '') setNameFilter('');
    else if (event.key === 'ArrowDown' || event.key === 'Enter') tree?.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <TextField
      className="sources-filter"
      label={label}
      hideLabel
      placeholder={label}
      icon={Search}
      value={value}
      onChange={setNameFilter}
      onKeyDown={onKeyDown}
    />
  );
}

function Foot() {
  const active = useActiveSource();
  const overview = useOverview(active?.id ?? null);
  const operations = useOperations(active?.id ?? null);
  const { written } = useEdits(active?.id ?? null);
  const { bottomOpen, bottomPane } = useSettings((state) => state.layout);
  const problems = useProblems(active, overview.value);
  if (active === null) return null;
  const count = (operations.list ?? written)?.length ?? 0;
  return (
    <div className="sources-foot">
      <FootRow
        icon={History}
        label="Operations"
        open={bottomOpen && bottomPane === 'operations'}
        onClick={() => toggleBottomPane('operations')}
      >
        {count > 0 && formatCount(count)}
      </FootRow>
      <FootRow
        icon={TriangleAlert}
        label="Problems"
        open={bottomOpen && bottomPane === 'problems'}
        onClick={() => toggleBottomPane('problems')}
      >
        {problems.count > 0 && <span className={`tree-${problems.tone}`}>{formatCount(problems.count)}</span>}
      </FootRow>
    </div>
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
