import { CheckCheck, ChevronDown, FilePen } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { ChangeSet } from '../../../../../contract/edits.ts';
import { useAgentsStore } from '../../../../state/agents-overview.ts';
import { activeSet, LOOSE, setName, useEdits } from '../../../../state/edits.ts';
import { askSet } from '../../../../state/set-form.ts';
import { openFileMerge } from '../../../../state/tabs.ts';
import { Badge } from '../../../../ui/badge/Badge.tsx';
import { Button } from '../../../../ui/button/Button.tsx';
import { EmptyState } from '../../../../ui/empty/EmptyState.tsx';
import { formatCounted } from '../../../../ui/format.ts';
import { Kbd } from '../../../../ui/kbd/Kbd.tsx';
import { useShortcuts } from '../../../../ui/keyboard.ts';
import { Menu } from '../../../../ui/menu/Menu.tsx';
import { SkeletonRows } from '../../../../ui/skeleton/Skeleton.tsx';
import { visibleText } from '../../../../ui/visible-text.ts';
import { applySet, discardFile } from '../../../change-sets/set-actions.ts';
import { setEntries } from '../../../change-sets/set-entries.ts';
import { byOwner, draftFiles, plannedFiles, sumLines } from '../../../change-sets/set-files.ts';
import { useSetPlan } from '../../../change-sets/use-set-plan.ts';
import { PageHead } from '../../parts/PageHead.tsx';
import { Split } from '../../parts/Split.tsx';
import { useScene } from '../../scene.ts';
import { AGENT_VIEW } from '../../use-agent-keys.ts';
import { ChangedFile } from './ChangedFile.tsx';
import { FileRows, WHOLE } from './FileRows.tsx';
import { WholeChange } from './WholeChange.tsx';
import './changes.css';

/** What is not written yet: its whole difference, and what it does to the prompt. */
export function ChangesPage() {
  const { source } = useScene();
  const edits = useEdits(source);
  const set = activeSet(edits);
  const menu = (
    <Menu
      align="end"
      entries={() => setEntries(source, edits)}
      trigger={
        <Button size="small" end={<ChevronDown className="icon" size={12} aria-hidden />}>
          Change set
        </Button>
      }
    />
  );
  if (set.edits.length > 0) return <Changes key={set.id} set={set} menu={menu} unkept={edits.unsaved} />;
  return (
    <>
      <PageHead title={<SetTitle set={set} />} badges={<Here set={set} />} actions={menu} />
      <EmptyState
        icon={FilePen}
        title={set.id === LOOSE ? 'Nothing waits to be written' : 'Nothing is edited in this set yet'}
        actions={
          set.id === LOOSE && <Button onClick={() => askSet({ source, set: null })}>New change set…</Button>
        }
      >
        <p>
          What you type in a file is kept here until you write it or drop it. In a named change set, files of
          any agent stay together, so that you see their whole difference and its effect on the prompt before
          you apply them as one.
        </p>
      </EmptyState>
    </>
  );
}

const SetTitle = ({ set }: { readonly set: ChangeSet }) => <bdi>{visibleText(setName(set))}</bdi>;

function Here({ set }: { readonly set: ChangeSet }) {
  return set.id === LOOSE ? null : <Badge tone="accent">typing goes here</Badge>;
}

type Props = {
  readonly set: ChangeSet;
  readonly menu: React.ReactNode;
  /** why the last of it could not be kept, in words */
  readonly unkept: string | null;
};

function Changes({ set, menu, unkept }: Props) {
  const { source, today } = useScene();
  const overview = useAgentsStore((state) => state.agents[source]?.value ?? null);
  const { value, error } = useSetPlan(source, today, set);
  const [picked, setPicked] = useState<string>(WHOLE);
  const rows = useMemo(() => {
    const files =
      value === null ? [] : value.plan === null ? draftFiles(set, value.draft) : plannedFiles(value.plan);
    return byOwner(files, overview?.agents.map(({ name }) => name) ?? [], overview?.single ?? null);
  }, [value, set, overview]);
  const at = rows.findIndex(({ file }) => file.path === picked);
  const file = rows[at]?.file ?? null;
  const own = file !== null && set.edits.some(({ path }) => path === file.path);
  const discard = () => {
    if (!own || file === null) return;
    setPicked(rows[at + 1]?.file.path ?? rows[at - 1]?.file.path ?? WHOLE);
    discardFile(source, set, file.path);
  };
  const moved = rows.some((row) => row.file.moved);
  useShortcuts(SCOPE, [
    { keys: 'Delete', label: 'Discard the edit of the file', when: () => own, run: discard },
  ]);
  useShortcuts(AGENT_VIEW, [
    { keys: 'mod+Enter', label: 'Apply the change set', run: () => applySet(source, set) },
  ]);
  const owners = new Set(rows.map(({ owner }) => owner)).size;
  const { added, removed } = sumLines(rows.map((row) => row.file));
  return (
    <>
      <PageHead
        title={<SetTitle set={set} />}
        badges={
          <>
            <Here set={set} />
            {moved && <Badge tone="warn">changed on disk</Badge>}
          </>
        }
        note={
          unkept === null ? (
            <>
              {formatCounted(set.edits.length, 'file')}
              {owners > 1 && ` of ${owners} owners`}
              {value?.plan !== undefined && value.plan !== null && <Lines added={added} removed={removed} />}.
              Kept in the app folder; nothing of it is written yet.
            </>
          ) : (
            <span className="ag-bad">Not kept: {unkept}</span>
          )
        }
        actions={
          <>
            {menu}
            {moved ? (
              <Button size="small" look="primary" onClick={() => openFileMerge(source, set.id)}>
                Resolve…
              </Button>
            ) : (
              <Button
                size="small"
                look="primary"
                icon={CheckCheck}
                onClick={() => applySet(source, set)}
                end={<Kbd keys="mod+Enter" />}
              >
                {set.id === LOOSE ? 'Save all…' : 'Apply…'}
              </Button>
            )}
          </>
        }
      />
      {value === null ? (
        error === null ? (
          <SkeletonRows rows={8} label="Comparing with the files" />
        ) : (
          <p className="ag-pad ag-bad">{error.message}</p>
        )
      ) : (
        <Split id="changes" list={<FileRows rows={rows} picked={picked} onPick={setPicked} />}>
          {file === null ? (
            <WholeChange state={value} files={rows.map((row) => row.file)} />
          ) : (
            <ChangedFile key={file.path} file={file} set={set} onDiscard={own ? discard : null} />
          )}
        </Split>
      )}
    </>
  );
}

/** The keys of the list of files, beside those that every list has. */
const SCOPE = { name: 'agent-list', label: 'Lists of an agent' };

function Lines({ added, removed }: { readonly added: number; readonly removed: number }) {
  return (
    <span className="ch-lines">
      , {added > 0 && <span className="ag-ok">+{added} </span>}
      {removed > 0 && <span className="ag-bad">−{removed} </span>}
      {added + removed === 0 ? 'no line differs' : added + removed === 1 ? 'line' : 'lines'}
    </span>
  );
}
