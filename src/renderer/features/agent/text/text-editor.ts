import { languages } from 'monaco-editor/editor';
import type { AgentFileDetail } from '../../../../contract/agent-files.ts';
import { codeFont } from '../../node/code/font.ts';
import { VEK_JSON } from '../../node/code/json-language.ts';
import { editor, KeyCode, READ_OPTIONS } from '../../node/code/monaco.ts';
import { AGENT_MARKDOWN, MARKDOWN_RULES } from './markdown-language.ts';

export type TextLanguage = AgentFileDetail['language'];

/** The text of a file in an editor. */
export type TextEditor = {
  /** shows a text; a newer text of the same path keeps the place on screen */
  readonly show: (path: string, text: string, language: TextLanguage) => void;
  readonly setLabel: (label: string) => void;
  /** brings a line into view and marks it; the first one is 1 */
  readonly reveal: (line: number) => void;
  readonly dispose: () => void;
};

languages.register({ id: AGENT_MARKDOWN });
languages.setMonarchTokensProvider(AGENT_MARKDOWN, MARKDOWN_RULES as unknown as languages.IMonarchLanguage);

const places = new Map<string, editor.ICodeEditorViewState>();
/** Places kept for coming back to a text. */
const MOST_PLACES = 200;

/** Opens a read-only editor; Esc calls `leave`. */
export function openText(host: HTMLElement, leave: () => void): TextEditor {
  const view = editor.create(host, { ...READ_OPTIONS, ...codeFont(), wordWrap: 'on', model: null });
  const marks = view.createDecorationsCollection();
  view.addAction({
    id: 'vekscope.leave',
    label: 'Leave the text',
    keybindings: [KeyCode.Escape],
    precondition: '!findWidgetVisible',
    run: leave,
  });
  let shown: string | null = null;
  let waiting: number | null = null;
  const keep = () => {
    const state = view.saveViewState();
    if (shown === null || state === null) return;
    if (places.size >= MOST_PLACES) places.delete(places.keys().next().value ?? '');
    places.set(shown, state);
  };
  const drop = () => {
    keep();
    const model = view.getModel();
    view.setModel(null);
    model?.dispose();
  };
  const reveal = (line: number) => {
    const model = view.getModel();
    if (model === null) {
      waiting = line;
      return;
    }
    const to = Math.max(1, Math.min(line, model.getLineCount()));
    marks.set([
      {
        range: { startLineNumber: to, startColumn: 1, endLineNumber: to, endColumn: 1 },
        options: { isWholeLine: true, className: 'ag-here', lineNumberClassName: 'ag-here-number' },
      },
    ]);
    view.setPosition({ lineNumber: to, column: 1 });
    view.revealLineInCenterIfOutsideViewport(to);
  };
  return {
    show: (path, text, language) => {
      if (shown === path) {
        const model = view.getModel();
        if (model === null || model.getValue() === text) return;
        const state = view.saveViewState();
        model.setValue(text);
        if (state !== null) view.restoreViewState(state);
        return;
      }
      drop();
      marks.clear();
      shown = path;
      view.setModel(editor.createModel(text, LANGUAGES[language]));
      view.restoreViewState(places.get(path) ?? null);
      if (waiting !== null) reveal(waiting);
      waiting = null;
    },
    setLabel: (label) => view.updateOptions({ ariaLabel: label }),
    reveal,
    dispose: () => {
      drop();
      view.dispose();
    },
  };
}

const LANGUAGES: Record<TextLanguage, string> = {
  markdown: AGENT_MARKDOWN,
  json: VEK_JSON,
  jsonl: VEK_JSON,
  python: 'plaintext',
  text: 'plaintext',
};
