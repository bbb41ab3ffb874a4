import {
  Copy,
  Filter,
  FileSearch,
  FoldVertical,
  Hash,
  ReceiptText,
  UnfoldVertical,
  UserRound,
} from 'lucide-react';
import type { LedgerLine } from '../../../../contract/ledger.ts';
import { ledgerTerm, timeTerm, withLedgerTerm, withoutLedgerTerm } from '../../../../core/aex/query/query.ts';
import type { LedgerKey } from '../../../../core/aex/query/words.ts';
import { attempt } from '../../../app/client.ts';
import { api } from '../../../app/engine.ts';
import { lookOf, setLook } from '../../../state/ledgers.ts';
import { openProof } from '../../../state/tabs.ts';
import { toastFailure } from '../../../state/toasts.ts';
import type { MenuEntry } from '../../../ui/menu/Menu.tsx';
import { visibleText } from '../../../ui/visible-text.ts';
import { copyEntry, copyWords } from '../export.ts';
import { executionOf, openExecutionTab } from '../open.ts';
import { toggleGroup } from './select.ts';

/** What can be done with a line of the statement. */
export function lineEntries(source: string, line: LedgerLine): readonly MenuEntry[] {
  if (line.line === 'day') {
    return [
      { label: 'Only this day', icon: Filter, run: () => only(source, 'day', line.day.day) },
      { label: 'Without lines for days', run: () => setLook(source, { days: false }) },
    ];
  }
  if (line.line === 'gone') {
    return [{ label: 'Show the chain in Proof', icon: ReceiptText, run: () => openProof(source) }];
  }
  const id = executionOf(line);
  const open: readonly MenuEntry[] =
    id === null
      ? []
      : [
          {
            label: 'Open the execution',
            icon: ReceiptText,
            keys: 'Enter',
            run: () => openExecutionTab(source, id),
          },
          { label: 'Only this execution', icon: Filter, run: () => only(source, 'execution', id) },
        ];
  return [
    ...(line.line === 'group' ? [foldEntry(source, line.group.executionId, line.group.isOpen)] : []),
    ...open,
    ...(open.length > 0 ? (['separator'] as const) : []),
    ...filters(source, line),
    'separator',
    ...copies(source, line, id),
  ];
}

const foldEntry = (source: string, id: string, isOpen: boolean): MenuEntry => ({
  label: isOpen ? 'Fold its entries' : 'Unfold its entries',
  icon: isOpen ? FoldVertical : UnfoldVertical,
  keys: isOpen ? 'ArrowLeft' : 'ArrowRight',
  run: () => toggleGroup(source, id),
});

function only(source: string, key: LedgerKey, value: string): void {
  setLook(source, { query: withLedgerTerm(lookOf(source).query, key, value) });
}

function hide(source: string, key: LedgerKey, value: string): void {
  setLook(source, { query: `${lookOf(source).query} -${ledgerTerm(key, value)}`.trim() });
}

/** A line of entries that are there. */
type ShownLine = Extract<LedgerLine, { line: 'entry' | 'group' }>;

function filters(source: string, line: ShownLine): readonly MenuEntry[] {
  const of = line.line === 'entry' ? line.entry : line.group;
  const { agent, model } = of;
  const type = line.line === 'entry' ? line.entry.type : null;
  const { agent: account } = lookOf(source);
  return [
    ...(agent === null || agent === account
      ? []
      : [
          {
            label: `Account of ${short(agent)}`,
            icon: UserRound,
            run: () => setLook(source, { agent }),
          } as const,
        ]),
    ...(model === null
      ? []
      : ([
          { label: `Only model ${short(model)}`, icon: Filter, run: () => only(source, 'model', model) },
          { label: `Hide model ${short(model)}`, run: () => hide(source, 'model', model) },
        ] as const)),
    ...(type === null
      ? []
      : ([
          { label: `Only ${short(type)}`, icon: Filter, run: () => only(source, 'type', type) },
          { label: `Hide ${short(type)}`, run: () => hide(source, 'type', type) },
        ] as const)),
    ...(of.atMicros === null ? [] : [around(source, of.atMicros)]),
  ];
}

/** How much of time stands around an entry that is asked for, in microseconds. */
const AROUND = 5 * 60e6;

const around = (source: string, micros: number): MenuEntry => ({
  label: 'What happened 5 minutes around it',
  icon: FileSearch,
  run: () =>
    setLook(source, {
      query:
        `${withoutLedgerTerm(lookOf(source).query, 'at')} ${timeTerm(micros - AROUND, micros + AROUND)}`.trim(),
    }),
});

function copies(source: string, line: ShownLine, id: string | null): readonly MenuEntry[] {
  const seq = line.line === 'entry' ? line.entry.seq : null;
  return [
    ...(seq === null
      ? []
      : ([
          { label: 'Copy as JSON', icon: Copy, keys: 'mod+c', run: () => void copyEntry(source, seq) },
          { label: 'Copy hash', icon: Hash, run: () => void copyHash(source, seq) },
        ] as const)),
    ...(id === null
      ? []
      : [
          {
            label: 'Copy the id of the execution',
            icon: Copy,
            run: () => void copyWords(id, 'The id was copied'),
          } as const,
        ]),
    { label: 'Show the chain in Proof', icon: ReceiptText, run: () => openProof(source) },
  ];
}

async function copyHash(source: string, seq: number): Promise<void> {
  const answer = await attempt(api.ledger.entry({ source, seq }));
  if (answer.ok) await copyWords(answer.value.storedHash, 'The stored hash was copied');
  else toastFailure(answer.error);
}

/** A value of a ledger as it fits into an entry of a menu. */
function short(value: string): string {
  const text = visibleText(value);
  return text.length > 40 ? `${text.slice(0, 38)}…` : text;
}
