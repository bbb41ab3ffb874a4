import type { LedgerLine } from '../../../contract/ledger.ts';
import { openExecution } from '../../state/tabs.ts';
import { visibleText } from '../../ui/visible-text.ts';

/** An id of an execution as it fits a tab: a hash loses its end, a name that a caller chose is cut. */
export function shortExecution(id: string): string {
  if (/^[0-9a-f]{32,}$/.test(id)) return id.slice(0, 8);
  const seen = Array.from(visibleText(id.slice(0, 200)));
  return seen.length > 24 ? `${seen.slice(0, 23).join('')}…` : seen.join('');
}

/** Opens an execution as a tab of its own. */
export const openExecutionTab = (source: string, id: string): void =>
  openExecution(source, id, shortExecution(id));

/** The execution that a line is about; null: none. */
export function executionOf(line: LedgerLine): string | null {
  if (line.line === 'entry') return line.entry.executionId;
  return line.line === 'group' ? line.group.executionId : null;
}
