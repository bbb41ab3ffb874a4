import type { PersonaVersion } from '../../contract/edits.ts';
import { fail, type Result } from '../result.ts';
import type { EditContext } from './edit/context.ts';
import type { RecordTables } from './records/table.ts';

/** What an agent was over time, newest first, with what its runs came to. */
export function personaVersions(
  _ctx: EditContext,
  _tables: RecordTables,
  _agent: string,
): Result<readonly PersonaVersion[]> {
  return fail('refused', 'This is not there yet.', '');
}
