import { codeFont } from './font.ts';
import { VEK_JSON } from './json-language.ts';
import { editor, KeyCode, READ_OPTIONS, Uri } from './monaco.ts';

/** A text to read. Equal keys stand for equal texts, so a model is made once and keeps its folds and place. */
export type Code = { readonly key: string; readonly text: string; readonly json: boolean };

export type CodeEditor = {
  readonly show: (code: Code) => void;
  readonly setWrap: (wrap: boolean) => void;
  readonly setLabel: (label: string) => void;
  readonly focus: () => void;
  /** brings a line into view, marks it and takes the focus; the first one is 1 */
  readonly reveal: (line: number) => void;
  /** opens the search within the text */
  readonly find: () => void;
  readonly dispose: () => void;
};

/** Models kept for coming back to, and the texts beyond which none is kept, in characters. */
const KEEP_MODELS = 24;
const KEEP_CHARS = 4_000_000;
/** Room for the horizontal scrollbar below the last line, in px. */
const BOTTOM = 8;

const models = new Map<string, editor.ITextModel>();
const places = new Map<string, editor.ICodeEditorViewState>();
const inUse = new Map<editor.ITextModel, number>();

/**
 * Opens a read-only editor in `host`. `place` names the spot, so that each remembers where it was in each text.
 * `onHeight` hears how tall the whole text is, in px; `onLeave` is called on Esc.
 */
export function openEditor(
  host: HTMLElement,
  place: string,
  wrap: boolean,
  on: {
    readonly height: (pixels: number) => void;
    readonly leave: () => void;
    /** J: the other form of the text */
    readonly turn: () => void;
  },
): CodeEditor {
  const view = editor.create(host, {
    ...READ_OPTIONS,
    ...codeFont(),
    wordWrap: wrap ? 'on' : 'off',
    model: null,
  });
  view.onDidContentSizeChange((event) => on.height(event.contentHeight + BOTTOM));
  // an action is bound to its editor; a command of Monaco would hold in every editor, with the last one's answer
  view.addAction({
    id: 'vekscope.leave',
    label: 'Leave the text',
    keybindings: [KeyCode.Escape],
    precondition: '!findWidgetVisible',
    run: on.leave,
  });
  view.addAction({
    id: 'vekscope.turn',
    label: 'Show the readable form',
    keybindings: [KeyCode.KeyJ],
    keybindingContext: 'editorTextFocus',
    run: on.turn,
  });
  let shown: Code | null = null;

  const leave = (): void => {
    const model = view.getModel();
    const state = view.saveViewState();
    if (shown !== null && state !== null) places.set(`${place} ${shown.key}`, state);
    view.setModel(null);
    if (model !== null) release(model);
  };
  return {
    show: (code) => {
      if (shown?.key === code.key) return;
      leave();
      shown = code;
      view.setModel(take(code));
      view.restoreViewState(places.get(`${place} ${code.key}`) ?? null);
      on.height(view.getContentHeight() + BOTTOM);
    },
    setWrap: (on_) => view.updateOptions({ wordWrap: on_ ? 'on' : 'off' }),
    setLabel: (label) => view.updateOptions({ ariaLabel: label }),
    focus: () => view.focus(),
    reveal: (line) => {
      const model = view.getModel();
      if (model === null) return;
      const to = Math.min(line, model.getLineCount());
      view.setSelection({
        startLineNumber: to,
        startColumn: model.getLineFirstNonWhitespaceColumn(to) || 1,
        endLineNumber: to,
        endColumn: model.getLineMaxColumn(to),
      });
      view.revealLineInCenter(to);
      view.focus();
    },
    find: () => {
      view.focus();
      void view.getAction('actions.find')?.run();
    },
    dispose: () => {
      leave();
      view.dispose();
    },
  };
}

function take(code: Code): editor.ITextModel {
  const known = models.get(code.key);
  const model =
    known ??
    editor.createModel(
      code.text,
      code.json ? VEK_JSON : 'plaintext',
      Uri.from({ scheme: 'vek', path: `/${code.key}` }),
    );
  models.delete(code.key);
  models.set(code.key, model);
  inUse.set(model, (inUse.get(model) ?? 0) + 1);
  return model;
}

function release(model: editor.ITextModel): void {
  const left = (inUse.get(model) ?? 1) - 1;
  if (left > 0) {
    inUse.set(model, left);
    return;
  }
  inUse.delete(model);
  for (const [key, old] of models) {
    const large = old.getValueLength() > KEEP_CHARS;
    if (inUse.has(old) || (!large && models.size <= KEEP_MODELS)) continue;
    models.delete(key);
    old.dispose();
  }
}
