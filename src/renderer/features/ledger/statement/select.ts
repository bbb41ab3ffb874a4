import { MAX_OPEN_GROUPS, type LedgerLine } from '../../../../contract/ledger.ts';
import { findingKey, lookOf, setLook, type LedgerSelection } from '../../../state/ledgers.ts';
import { entryId, goneId, groupId } from './windows.ts';

/** What the inspector shows of a line; null: a day has nothing more to show. */
export function selectionOfLine(line: LedgerLine): LedgerSelection | null {
  if (line.line === 'entry') return { kind: 'entry', seq: line.entry.seq };
  if (line.line === 'gone') return { kind: 'finding', key: findingKey(line.gone.finding) };
  return line.line === 'group' ? { kind: 'execution', id: line.group.executionId } : null;
}

/** The first entry that a finding misses, by its key; null: it misses none. */
export function missingOf(key: string): number | null {
  const [kind, seq] = JSON.parse(key) as readonly unknown[];
  return (kind === 'entry-missing' || kind === 'tail-missing') && typeof seq === 'number' ? seq : null;
}

/** The line that a selection is, see `lineId`. */
export function lineOfSelection(selected: LedgerSelection | null): string | null {
  if (selected === null) return null;
  if (selected.kind === 'finding') {
    const seq = missingOf(selected.key);
    return seq === null ? null : goneId(seq);
  }
  return selected.kind === 'entry' ? entryId(selected.seq) : groupId(selected.id);
}

/** Unfolds an execution of a grouped statement, or folds it; the one unfolded longest ago folds where there are too many. */
export function toggleGroup(source: string, id: string, open?: boolean): void {
  const known = lookOf(source).open;
  const is = known.includes(id);
  if (open === is) return;
  const next = is ? known.filter((other) => other !== id) : [...known, id];
  setLook(source, { open: next.slice(-MAX_OPEN_GROUPS) });
}
