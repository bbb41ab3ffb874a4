import { Copy, Filter, ListTree, UserRound } from 'lucide-react';
import type { RecordRow } from '../../../contract/records.ts';
import { term, withTerm } from '../../../core/records/query.ts';
import { copyText } from '../../app/capabilities.ts';
import { openAgent } from '../../state/agents.ts';
import { runsOf, setRuns } from '../../state/runs.ts';
import { toastFailure } from '../../state/toasts.ts';
import type { MenuEntry } from '../../ui/menu/Menu.tsx';
import { visibleText } from '../../ui/visible-text.ts';
import { copyLine } from './export.ts';
import { openRecord } from './open.ts';

const copy = async (text: string): Promise<void> => {
  const answer = await copyText(text);
  if (!answer.ok) toastFailure(answer.error);
};

const KEYS = ['agent', 'trigger', 'model', 'status'] as const;

/** What can be done with a record of the table. */
export function rowEntries(source: string, row: RecordRow): readonly MenuEntry[] {
  const { query } = runsOf(source);
  const ask = (next: string) => setRuns(source, { query: next });
  const only = KEYS.flatMap((key): readonly MenuEntry[] => {
    const value = row[key];
    if (value === null || value === '') return [];
    return [
      {
        label: `Only ${key} ${short(value)}`,
        icon: Filter,
        run: () => ask(withTerm(query, key, value)),
      },
    ];
  });
  const hide = KEYS.flatMap((key): readonly MenuEntry[] => {
    const value = row[key];
    if (value === null || value === '' || key === 'agent') return [];
    return [{ label: `Hide ${key} ${short(value)}`, run: () => ask(`${query} -${term(key, value)}`.trim()) }];
  });
  const run = row.runId;
  return [
    { label: 'Open the record', icon: ListTree, keys: 'Enter', run: () => openRecord(source, row) },
    ...(run === null
      ? []
      : [
          { label: 'Only this run', icon: Filter, run: () => ask(term('run', run)) } as const,
          { label: 'Only what this run started', icon: Filter, run: () => ask(term('parent', run)) } as const,
        ]),
    { label: `Open ${short(row.agent)}`, icon: UserRound, run: () => openAgent(source, row.agent) },
    'separator',
    ...only,
    ...hide,
    'separator',
    { label: 'Copy the line', icon: Copy, keys: 'mod+c', run: () => void copyLine(source, row.id) },
    ...(run === null
      ? []
      : [{ label: 'Copy the id of the run', icon: Copy, run: () => void copy(run) } as const]),
  ];
}

/** A value of a log as it fits into an entry. */
function short(value: string): string {
  const text = visibleText(value);
  return text.length > 40 ? `${text.slice(0, 38)}…` : text;
}
