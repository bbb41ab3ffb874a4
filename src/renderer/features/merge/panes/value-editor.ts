import { codeFont } from '../../node/code/font.ts';
import { VEK_JSON } from '../../node/code/json-language.ts';
import { editor, KeyCode, KeyMod, Range, READ_OPTIONS } from '../../node/code/monaco.ts';
import type { EditProblem } from './validity.ts';

export type ValueText = {
  /** with `\n` as its only line break */
  readonly text: () => string;
  readonly setText: (text: string) => void;
  /** marks where the text can't be kept; null takes the mark away */
  readonly mark: (problem: EditProblem | null) => void;
  readonly setLabel: (label: string) => void;
  /** takes the focus; the cursor stands where these offsets are */
  readonly focus: (from: number, to: number) => void;
  readonly dispose: () => void;
};

type Handlers = {
  readonly change: () => void;
  readonly height: (pixels: number) => void;
  readonly commit: () => void;
  readonly cancel: () => void;
};

/** Opens a small editor for one value or text. Everything it made is given back by `dispose`. */
export function openValueText(
  host: HTMLElement,
  text: string,
  what: 'json' | 'text',
  label: string,
  on: Handlers,
): ValueText {
  const model = editor.createModel(text, what === 'json' ? VEK_JSON : 'plaintext');
  model.updateOptions({ tabSize: 2, insertSpaces: true });
  const view = editor.create(host, { ...OPTIONS, ...codeFont(), model, ariaLabel: label });
  const marks = view.createDecorationsCollection();
  view.onDidContentSizeChange((event) => on.height(event.contentHeight));
  view.onDidChangeModelContent(on.change);
  view.addAction({
    id: 'vekscope.keep',
    label: 'Keep this',
    keybindings: [KeyMod.CtrlCmd | KeyCode.Enter],
    run: on.commit,
  });
  view.addAction({
    id: 'vekscope.cancel',
    label: 'Leave without keeping this',
    keybindings: [KeyCode.Escape],
    precondition: '!findWidgetVisible',
    run: on.cancel,
  });
  on.height(view.getContentHeight());
  return {
    text: () => model.getValue(editor.EndOfLinePreference.LF, true),
    setText: (next) => model.setValue(next),
    mark: (problem) => {
      marks.set(problem === null ? [] : [decorationOf(model, problem)]);
    },
    setLabel: (next) => view.updateOptions({ ariaLabel: next }),
    focus: (from, to) => {
      const [start, end] = [model.getPositionAt(from), model.getPositionAt(to)];
      view.setSelection(Range.fromPositions(start, end));
      view.revealPosition(end);
      view.focus();
    },
    dispose: () => {
      view.dispose();
      model.dispose();
    },
  };
}

/** The character where the problem is; at the end of a line the one before it. */
function decorationOf(model: editor.ITextModel, problem: EditProblem): editor.IModelDeltaDecoration {
  const { message } = problem;
  const line = Math.min(problem.line, model.getLineCount());
  const end = model.getLineMaxColumn(line);
  const column = Math.max(1, Math.min(problem.column, end - 1));
  const options: editor.IModelDecorationOptions =
    end === 1
      ? { isWholeLine: true, className: 've-bad-line' }
      : { inlineClassName: 've-bad-mark', hoverMessage: { value: message, isTrusted: false } };
  return { range: new Range(line, column, line, Math.min(end, column + 1)), options };
}

const OPTIONS: editor.IStandaloneEditorConstructionOptions = {
  ...READ_OPTIONS,
  readOnly: false,
  domReadOnly: false,
  folding: false,
  lineNumbers: 'off',
  lineNumbersMinChars: 0,
  lineDecorationsWidth: 8,
  wordWrap: 'on',
  // what is typed is the value: a quote over a selection takes its place, as any other letter does
  autoClosingBrackets: 'never',
  autoClosingQuotes: 'never',
  autoClosingOvertype: 'never',
  autoClosingDelete: 'never',
  autoSurround: 'never',
  trimAutoWhitespace: false,
  padding: { top: 6, bottom: 6 },
  scrollbar: { ...READ_OPTIONS.scrollbar, horizontal: 'hidden' },
  fixedOverflowWidgets: true,
};
