import type { AgentFileDetail } from '../../../contract/agent-files.ts';
import { outlineOf } from '../../../core/agents/forms/outline.ts';
import { hasForm } from '../../../core/agents/forms/forms.ts';

/** What stands beside the text of a file, or in its place where there is little room. */
export type EditorView = 'text' | 'form' | 'preview' | 'outline';

/** `alone`: what it is called where the text is in sight anyway. */
const VIEWS: readonly {
  readonly value: EditorView;
  readonly label: string;
  readonly alone: string;
}[] = [
  { value: 'text', label: 'Text', alone: 'Text only' },
  { value: 'form', label: 'Form', alone: 'Form' },
  { value: 'preview', label: 'Preview', alone: 'Preview' },
  { value: 'outline', label: 'Outline', alone: 'Outline' },
];

/** A file with fields opens with its form, a text of several sections with its outline. */
export function firstView(file: AgentFileDetail): EditorView {
  if (hasForm(file)) return 'form';
  return outlineOf(file.text ?? '').length > 1 ? 'outline' : 'text';
}

/** The views of a file: a form only where its kind has one, a preview only of Markdown. */
export const viewsOf = (file: AgentFileDetail): typeof VIEWS =>
  VIEWS.filter(
    ({ value }) =>
      (value !== 'form' || hasForm(file)) && (value !== 'preview' || file.language === 'markdown'),
  );
