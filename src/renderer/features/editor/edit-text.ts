import { languages } from 'monaco-editor/editor';
import 'monaco-editor/features/caretOperations/register';
import 'monaco-editor/features/linesOperations/register';
import 'monaco-editor/features/toggleTabFocusMode/register';
import type { FileFinding } from '../../../contract/agent-files.ts';
import type { TextEdit } from '../../../contract/drafts.ts';
import { useTabs } from '../../state/tabs.ts';
import { AGENT_MARKDOWN, MARKDOWN_RULES } from '../agent/text/markdown-language.ts';
import type { TextLanguage } from '../agent/text/text-editor.ts';
import { codeFont } from '../node/code/font.ts';
import { VEK_JSON } from '../node/code/json-language.ts';
import { editor, KeyCode, KeyMod, MarkerSeverity, Range, READ_OPTIONS } from '../node/code/monaco.ts';
import type { EditText } from './edit-handle.ts';

languages.register({ id: AGENT_MARKDOWN });
languages.setMonarchTokensProvider(AGENT_MARKDOWN, MARKDOWN_RULES as unknown as languages.IMonarchLanguage);

/** Texts with their undo steps, by source and path; kept while an agent of the source is open. */
const models = new Map<string, editor.ITextModel>();
const inUse = new Set<editor.ITextModel>();
const places = new Map<string, editor.ICodeEditorViewState>();
/** Texts kept for coming back to with all their undo steps; the one used longest ago goes first. */
const KEEP_MODELS = 32;

/** Sources that have an agent open. */
const openSources = (): ReadonlySet<string> =>
  new Set(useTabs.getState().tabs.flatMap((tab) => (tab.kind === 'agent' ? [tab.source] : [])));

function prune(): void {
  const sources = openSources();
  for (const [key, model] of models) {
    const open = sources.has(key.slice(0, key.indexOf('\n')));
    if (inUse.has(model) || (open && models.size <= KEEP_MODELS)) continue;
    models.delete(key);
    places.delete(key);
    model.dispose();
  }
}
useTabs.subscribe(prune);

function take(key: string, text: string, language: TextLanguage): editor.ITextModel {
  const model = models.get(key) ?? editor.createModel(text, LANGUAGES[language]);
  models.delete(key);
  models.set(key, model);
  inUse.add(model);
  model.setEOL(editor.EndOfLineSequence.LF);
  model.updateOptions({ tabSize: 2, insertSpaces: true, trimAutoWhitespace: false });
  prune();
  return model;
}

type Handlers = {
  readonly change: (text: string) => void;
  readonly cursor: (line: number) => void;
  readonly leave: () => void;
  /** F8: the next finding, or the one before */
  readonly step: (by: 1 | -1) => void;
};

/** Opens an editor of a file's text with `\n` as its only line end; Esc calls `leave`. */
export function openEditText(
  host: HTMLElement,
  key: string,
  text: string,
  language: TextLanguage,
  on: Handlers,
): EditText {
  const model = take(key, text, language);
  const value = () => model.getValue(editor.EndOfLinePreference.LF);
  if (value() !== text) model.setValue(text);
  const view = editor.create(host, { ...OPTIONS, ...codeFont(), model });
  view.restoreViewState(places.get(key) ?? null);
  const marks = view.createDecorationsCollection();
  let syncing = false;
  let editing = false;
  let group: string | null = null;
  const heard = model.onDidChangeContent(() => {
    if (syncing) return;
    if (!editing) group = null;
    on.change(value());
  });
  view.onDidChangeCursorPosition(({ position }) => on.cursor(position.lineNumber));
  view.addAction({
    id: 'vekscope.leave',
    label: 'Leave the text',
    keybindings: [KeyCode.Escape],
    precondition: '!findWidgetVisible',
    run: on.leave,
  });
  for (const [by, code] of [
    [1, KeyCode.F8],
    [-1, KeyMod.Shift | KeyCode.F8],
  ] as const) {
    view.addAction({
      id: `vekscope.finding${by}`,
      label: by === 1 ? 'Next finding' : 'Previous finding',
      keybindings: [code],
      run: () => on.step(by),
    });
  }
  return {
    text: value,
    sync: (next) => {
      if (value() === next) return;
      const state = view.saveViewState();
      syncing = true;
      model.setValue(next);
      syncing = false;
      group = null;
      if (state !== null) view.restoreViewState(state);
    },
    edit: (edits, of) => {
      if (of === null || of !== group) model.pushStackElement();
      editing = true;
      model.pushEditOperations(null, edits.map(operationIn(model)), () => null);
      editing = false;
      if (of === null) model.pushStackElement();
      group = of;
    },
    undo: () => {
      group = null;
      void model.undo();
    },
    redo: () => {
      group = null;
      void model.redo();
    },
    mark: (findings) => editor.setModelMarkers(model, 'vekscope', findings.flatMap(markerIn(model))),
    reveal: (line, focus) => {
      const to = Math.max(1, Math.min(line, model.getLineCount()));
      marks.set([
        {
          range: new Range(to, 1, to, 1),
          options: { isWholeLine: true, className: 'ag-here', lineNumberClassName: 'ag-here-number' },
        },
      ]);
      view.setPosition({ lineNumber: to, column: 1 });
      view.revealLineInCenterIfOutsideViewport(to);
      if (focus) view.focus();
    },
    focus: () => view.focus(),
    setLabel: (label) => view.updateOptions({ ariaLabel: label }),
    dispose: () => {
      const state = view.saveViewState();
      if (state !== null) places.set(key, state);
      heard.dispose();
      view.dispose();
      editor.setModelMarkers(model, 'vekscope', []);
      inUse.delete(model);
      prune();
    },
  };
}

const operationIn =
  (model: editor.ITextModel) =>
  ({ from, to, text }: TextEdit): editor.IIdentifiedSingleEditOperation => ({
    range: Range.fromPositions(model.getPositionAt(from), model.getPositionAt(to)),
    text,
    forceMoveMarkers: true,
  });

const SEVERITIES: Record<FileFinding['severity'], MarkerSeverity> = {
  error: MarkerSeverity.Error,
  warning: MarkerSeverity.Warning,
  notice: MarkerSeverity.Info,
};

const markerIn =
  (model: editor.ITextModel) =>
  ({ severity, message, hint, line }: FileFinding): editor.IMarkerData[] => {
    if (line === null || line > model.getLineCount()) return [];
    return [
      {
        severity: SEVERITIES[severity],
        message: hint === '' ? message : `${message}\n${hint}`,
        startLineNumber: line,
        startColumn: model.getLineFirstNonWhitespaceColumn(line) || 1,
        endLineNumber: line,
        endColumn: model.getLineMaxColumn(line),
      },
    ];
  };

const LANGUAGES: Record<TextLanguage, string> = {
  markdown: AGENT_MARKDOWN,
  json: VEK_JSON,
  jsonl: VEK_JSON,
  python: 'plaintext',
  text: 'plaintext',
};

const OPTIONS: editor.IStandaloneEditorConstructionOptions = {
  ...READ_OPTIONS,
  readOnly: false,
  domReadOnly: false,
  // Tab indents; Esc leaves the text, and Ctrl+M makes Tab move on
  tabFocusMode: false,
  wordWrap: 'on',
  renderLineHighlight: 'none',
  renderValidationDecorations: 'on',
  // what is typed is the text: a quote over a selection takes its place, as any other letter does
  autoClosingBrackets: 'never',
  autoClosingQuotes: 'never',
  autoClosingOvertype: 'never',
  autoClosingDelete: 'never',
  autoSurround: 'never',
  trimAutoWhitespace: false,
  detectIndentation: false,
  fixedOverflowWidgets: true,
};
