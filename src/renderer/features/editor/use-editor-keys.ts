import type { DraftFinding } from '../../../contract/drafts.ts';
import { announce } from '../../ui/announce.ts';
import { useShortcuts } from '../../ui/keyboard.ts';
import type { EditText } from './edit-handle.ts';
import type { Checks } from './use-checks.ts';

export const EDITOR_SCOPE = { name: 'editor', label: 'The editor of a file' };

type Parts = {
  readonly handle: EditText | null;
  readonly checks: Checks;
  /** the line of the cursor */
  readonly cursor: number;
  readonly save: () => void;
  readonly fix: (finding: DraftFinding) => void;
  readonly toLine: (line: number, focus?: boolean) => void;
};

/** In a field of the form, the keys of undo are those of the field; elsewhere they are those of the text. */
const outsideOfText = (): boolean => {
  const at = document.activeElement;
  if (at === null || at.closest('.monaco-editor') !== null) return false;
  return !(at instanceof HTMLInputElement || at instanceof HTMLTextAreaElement);
};

/** The keys of the editor, whatever of it has the focus. Answers what goes from finding to finding. */
export function useEditorKeys({ handle, checks, cursor, save, fix, toLine }: Parts): (by: 1 | -1) => void {
  const findings = checks.file?.findings ?? [];
  const step = (by: 1 | -1) => {
    const lines = [...new Set(findings.flatMap(({ line }) => line ?? []))].toSorted((a, b) => a - b);
    const next =
      by === 1
        ? (lines.find((line) => line > cursor) ?? lines[0])
        : (lines.findLast((line) => line < cursor) ?? lines.at(-1));
    if (next === undefined) {
      announce('There is no finding with a line.');
      return;
    }
    announce(findings.find(({ line }) => line === next)?.message ?? '');
    toLine(next);
  };
  const mend = () => {
    if (checks.stale) {
      announce('Still checking. Press it again in a moment.');
      return;
    }
    const here =
      findings.find((one) => one.fix !== null && one.line === cursor) ??
      findings.find((one) => one.fix !== null && one.line === null);
    if (here === undefined) announce('No fix is offered at this line.');
    else fix(here);
  };
  useShortcuts(EDITOR_SCOPE, [
    { keys: 'mod+s', label: 'Save', fields: true, run: save },
    { keys: 'e', label: 'Back to the text', run: () => toLine(cursor) },
    { keys: 'mod+.', label: 'Fix what stands at this line', fields: true, run: mend },
    { keys: 'F8', label: 'Next finding', fields: true, run: () => step(1) },
    { keys: 'shift+F8', label: 'Previous finding', fields: true, run: () => step(-1) },
    { keys: 'mod+z', label: 'Undo', fields: true, when: outsideOfText, run: () => handle?.undo() },
    {
      keys: ['mod+shift+z', 'mod+y'],
      label: 'Redo',
      fields: true,
      when: outsideOfText,
      run: () => handle?.redo(),
    },
  ]);
  return step;
}
