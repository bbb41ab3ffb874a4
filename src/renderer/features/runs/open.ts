import type { RecordRow } from '../../../contract/records.ts';
import { selectRecord } from '../../state/agents.ts';
import { openRecordTab } from '../../state/tabs.ts';
import { recordTitle } from './Figure.tsx';

/** Opens a record in a tab of its own. */
export function openRecord(source: string, row: RecordRow): void {
  selectRecord(source, row.id);
  openRecordTab(source, row.id, recordTitle(row));
}
