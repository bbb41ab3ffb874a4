import type { FileFinding } from '../../../contract/agent-files.ts';
import type { TextEdit } from '../../../contract/drafts.ts';

/** The text of a file in an editor, with `\n` as its only line end. */
export type EditText = {
  readonly text: () => string;
  /** shows a text that comes from elsewhere; it is not reported as a change */
  readonly sync: (text: string) => void;
  /** applies edits as a step that can be undone; steps of one group that follow each other are one */
  readonly edit: (edits: readonly TextEdit[], group: string | null) => void;
  readonly undo: () => void;
  readonly redo: () => void;
  readonly mark: (findings: readonly FileFinding[]) => void;
  /** brings a line into view and marks it; the first one is 1 */
  readonly reveal: (line: number, focus: boolean) => void;
  readonly focus: () => void;
  readonly setLabel: (label: string) => void;
  readonly dispose: () => void;
};
