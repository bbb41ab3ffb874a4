import { Layers } from 'lucide-react';
import { useMemo } from 'react';
import { Badge } from '../../../../ui/badge/Badge.tsx';
import { formatCounted } from '../../../../ui/format.ts';
import { MiddleText } from '../../../../ui/middle/MiddleText.tsx';
import { visibleText } from '../../../../ui/visible-text.ts';
import type { SetFile } from '../../../change-sets/set-files.ts';
import { belowAgent } from '../../pages.ts';
import { RowList } from '../../parts/RowList.tsx';

/** The row that stands for all files together. */
export const WHOLE = '';

type Row = { readonly file: SetFile; readonly owner: string | null };
type Item = Row | null;

type Props = {
  readonly rows: readonly Row[];
  readonly picked: string;
  readonly onPick: (path: string) => void;
};

/** The whole change, then its files by the agent that they belong to. */
export function FileRows({ rows, picked, onPick }: Props) {
  const items = useMemo<readonly Item[]>(() => [null, ...rows], [rows]);
  const known = rows.some(({ file }) => file.path === picked);
  return (
    <RowList<Item>
      label="Changed files"
      items={items}
      keyOf={(item) => item?.file.path ?? WHOLE}
      selected={known ? picked : WHOLE}
      onSelect={onPick}
      groupOf={(item) => (item === null ? 'All of it' : visibleText(item.owner ?? 'No single agent’s'))}
      tall
      first
      none=""
    >
      {(item) => (item === null ? <Whole count={rows.length} /> : <FileRow {...item} />)}
    </RowList>
  );
}

function Whole({ count }: { readonly count: number }) {
  return (
    <>
      <span className="ag-row-title">
        <Layers className="icon" size={14} aria-hidden />
        Whole change
      </span>
      <span className="ag-row-note truncate">{formatCounted(count, 'file')} and the prompt</span>
    </>
  );
}

const DOES = { new: 'new', changed: 'changed', removed: 'removed', same: 'same as on disk' } as const;

function wordsOf({ writtenFor, does, moved }: SetFile): string {
  if (writtenFor === 'index') return 'added by a rule of the format';
  return moved && does === 'changed' ? '' : DOES[does];
}

function FileRow({ file, owner }: Row) {
  const path = visibleText(owner === null ? file.path : belowAgent(file.path, owner));
  const errors = file.findings.filter(({ severity }) => severity === 'error').length;
  const found = file.findings.length;
  return (
    <>
      <span className="ag-row-title">
        <span className="ag-middle mono ch-path">
          <MiddleText text={path} tail={18} />
        </span>
        {file.lines !== null && (
          <span className="ag-row-end">
            {file.lines.added > 0 && <span className="ag-ok">+{file.lines.added}</span>}{' '}
            {file.lines.removed > 0 && <span className="ag-bad">−{file.lines.removed}</span>}
          </span>
        )}
      </span>
      <span className="ag-row-note ch-states truncate">
        {file.moved && <Badge tone="warn">changed on disk</Badge>}
        {found > 0 && <Badge tone={errors > 0 ? 'bad' : 'warn'}>{formatCounted(found, 'finding')}</Badge>}
        {wordsOf(file)}
      </span>
    </>
  );
}
