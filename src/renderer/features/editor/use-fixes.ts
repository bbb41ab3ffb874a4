import type { DraftFinding } from '../../../contract/drafts.ts';
import { applyEdits } from '../../../core/agents/forms/edits.ts';
import { toEditor } from '../../../core/agents/forms/line-ends.ts';
import { announce } from '../../ui/announce.ts';
import type { EditText } from './edit-handle.ts';
import { replacement } from './replacement.ts';
import type { Checks } from './use-checks.ts';

/** Applies what mends a finding, as one step; only to the very text that it was found in. */
export function useFixes(
  handle: EditText | null,
  own: string,
  checks: Checks,
): (finding: DraftFinding) => void {
  return ({ fix }) => {
    if (fix === null || handle === null || checks.stale) return;
    const edit = replacement(handle.text(), toEditor(applyEdits(own, fix.edits)));
    if (edit === null) return;
    handle.edit([edit], null);
    handle.focus();
    announce(`${fix.label}: done. Undo takes it back.`);
  };
}
