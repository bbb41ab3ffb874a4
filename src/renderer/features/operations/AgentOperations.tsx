/* oxlint-disable jsx-a11y/prefer-tag-over-role -- a table can not hold rows of which only some are drawn */
import { Copy, FileText, History, TriangleAlert, Undo2 } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { Edit } from '../../../contract/edits.ts';
import { copyText } from '../../app/capabilities.ts';
import { refreshEdits } from '../../app/edits.ts';
import { askEdit } from '../../state/edit-form.ts';
import { useEdits } from '../../state/edits.ts';
import { useSettings } from '../../state/settings.ts';
import { toastFailure } from '../../state/toasts.ts';
import { announce } from '../../ui/announce.ts';
import { Badge } from '../../ui/badge/Badge.tsx';
import { Button } from '../../ui/button/Button.tsx';
import { EmptyState } from '../../ui/empty/EmptyState.tsx';
import { FailureState } from '../../ui/empty/FailureState.tsx';
import { formatDateTime, formatDateTimeExact, type Zone } from '../../ui/format.ts';
import { RowGrid, useRowGrid } from '../../ui/grid/RowGrid.tsx';
import type { MenuEntry } from '../../ui/menu/Menu.tsx';
import { MiddleText } from '../../ui/middle/MiddleText.tsx';
import { SkeletonRows } from '../../ui/skeleton/Skeleton.tsx';
import { visibleText } from '../../ui/visible-text.ts';
import { openFileOf } from '../agent/open-file.ts';
import { FilterBar } from './FilterBar.tsx';
import { EditDetail } from './EditDetail.tsx';
import { canUndoEdit, editedWords, filterEdits, undoEditNote } from './edit-words.ts';
import { stateWords } from './words.ts';
import '../problems/problems.css';
import './operations.css';

const SCOPE = { name: 'operations', label: 'Operations' };

/** Everything Vekscope wrote to a folder of agents, newest first, each with its files and a way back. */
export function AgentOperations({ source }: { readonly source: string }) {
  const { written, error, unsaved } = useEdits(source);
  if (written === null) {
    if (error === null) return <SkeletonRows rows={4} label="Reading operations" />;
    return (
      <FailureState
        error={error}
        actions={
          <Button size="small" onClick={() => void refreshEdits(source)}>
            Read again
          </Button>
        }
      />
    );
  }
  const trouble = unsaved ?? (error === null ? null : `${error.message} ${error.hint}`);
  return (
    <>
      {trouble !== null && (
        <p className="op-trouble" role="alert">
          <TriangleAlert className="icon" size={14} aria-hidden />
          <span>{unsaved === null ? trouble : `What you typed last is not kept: ${trouble}`}</span>
        </p>
      )}
      {written.length === 0 ? (
        <EmptyState icon={History} title="Nothing was written to these agents">
          <p>
            Files that you save, change sets that you apply and answers that you give are listed here, with
            what they changed and a way back.
          </p>
        </EmptyState>
      ) : (
        <Edits source={source} list={written} />
      )}
    </>
  );
}

const askUndo = (source: string, { id }: Edit): void => askEdit({ source, change: { do: 'undo', edit: id } });

function Edits({ source, list }: { readonly source: string; readonly list: readonly Edit[] }) {
  const zone = useSettings((state) => state.time);
  const [filter, setFilter] = useState('');
  const rows = useMemo(() => filterEdits(list, filter), [list, filter]);
  const undoRow = (edit: Edit | undefined) => {
    if (edit === undefined) return;
    if (canUndoEdit(edit)) askUndo(source, edit);
    else announce(undoEditNote(edit) ?? 'It is undone already.');
  };
  const grid = useRowGrid({
    scope: SCOPE,
    count: rows.length,
    keyOf: (index) => rows[index]?.id ?? index,
    keys: (index) => [{ keys: 'Enter', label: 'Undo the operation', run: () => undoRow(rows[index]) }],
    menuLabel: 'What you can do with an operation',
  });
  const current = rows[grid.at];
  return (
    <section className="pane" aria-label="Operations">
      <FilterBar
        placeholder="Filter by words or path"
        value={filter}
        onChange={setFilter}
        shown={rows.length}
        total={list.length}
      />
      <div className="op-split">
        <RowGrid
          grid={grid}
          id="operation"
          label="Operations, newest first"
          className="op-grid"
          none="No operation holds these words."
          entries={() => (current === undefined ? [] : editMenu(source, current))}
          head={
            <>
              <span role="columnheader">Operation</span>
              <span role="columnheader">State</span>
              <span role="columnheader">Changed</span>
              <span role="columnheader" className="op-time">
                Time
              </span>
            </>
          }
        >
          {(index) => {
            const edit = rows[index];
            return edit === undefined ? null : <Cells edit={edit} zone={zone} />;
          }}
        </RowGrid>
        {current !== undefined && <EditDetail source={source} edit={current} onUndo={askUndo} />}
      </div>
    </section>
  );
}

function Cells({ edit, zone }: { readonly edit: Edit; readonly zone: Zone }) {
  const { words, tone } = stateWords(edit.state);
  const name = edit.label === null || edit.label === '' ? edit.title : edit.label;
  return (
    <>
      <span role="gridcell" className="pane-cell truncate" title={visibleText(edit.title)}>
        <MiddleText text={visibleText(name)} tail={14} />
      </span>
      <span role="gridcell" className="pane-cell truncate">
        <Badge tone={tone}>{words}</Badge>
      </span>
      <span role="gridcell" className="pane-cell pane-where truncate">
        <bdi>{visibleText(editedWords(edit))}</bdi>
      </span>
      <span role="gridcell" className="pane-cell op-time">
        <time
          dateTime={new Date(edit.atMicros / 1000).toISOString()}
          title={formatDateTimeExact(edit.atMicros, zone)}
        >
          {formatDateTime(edit.atMicros, zone)}
        </time>
      </span>
    </>
  );
}

function editMenu(source: string, edit: Edit): readonly MenuEntry[] {
  const path = edit.files.find(({ writtenFor, after }) => writtenFor === 'person' && after !== null)?.path;
  return [
    {
      label: 'Undo…',
      icon: Undo2,
      keys: 'Enter',
      run: () => askUndo(source, edit),
      blocked: canUndoEdit(edit) ? null : (undoEditNote(edit) ?? 'It is undone already'),
    },
    {
      label: 'Open the file',
      icon: FileText,
      run: () => path !== undefined && openFileOf(source, path),
      blocked: path === undefined ? 'It left no file behind' : null,
    },
    {
      label: 'Copy what it changed',
      icon: Copy,
      run: () => void copied(`${edit.title}: ${edit.files.map((file) => file.path).join(', ')}`),
    },
  ];
}

async function copied(text: string): Promise<void> {
  const answer = await copyText(text);
  if (!answer.ok) toastFailure(answer.error);
}
