import 'monaco-editor/features/diffEditor/register';
import type { Code } from '../../node/code/editor.ts';
import { codeFont } from '../../node/code/font.ts';
import { VEK_JSON } from '../../node/code/json-language.ts';
import { editor, KeyCode, READ_OPTIONS } from '../../node/code/monaco.ts';
import type { Lines } from './changes.ts';

export type DiffEditor = {
  readonly show: (old: Code, now: Code) => void;
  readonly setColumns: (columns: boolean) => void;
  readonly setWrap: (wrap: boolean) => void;
  readonly setLabels: (old: string, now: string) => void;
  /** brings a change into view and marks it; `focus` takes the focus there too */
  readonly reveal: (old: Lines | null, now: Lines | null, focus: boolean) => void;
  readonly dispose: () => void;
};

type Handlers = {
  /** Esc */
  readonly leave: () => void;
  /** J and K */
  readonly step: (by: 1 | -1) => void;
  /** hears where the line between the two columns stands, in px from the left */
  readonly split: (pixels: number) => void;
};

/** How many ms the editor may compare; after that whole stretches count as changed. */
const MAX_MS = 8000;

/** Opens two texts side by side or in one column, read-only. Everything it made is given back by `dispose`. */
export function openDiff(host: HTMLElement, columns: boolean, wrap: boolean, on: Handlers): DiffEditor {
  const view = editor.createDiffEditor(host, { ...OPTIONS, ...codeFont(), renderSideBySide: columns });
  const [old, now] = [view.getOriginalEditor(), view.getModifiedEditor()];
  const sides = [old, now];
  const marks = new Map(sides.map((side) => [side, side.createDecorationsCollection()]));
  const setWrap = (wrapped: boolean) => view.updateOptions({ diffWordWrap: wrapped ? 'on' : 'off' });
  setWrap(wrap);
  for (const side of sides) {
    side.addAction({
      id: 'vekscope.leave',
      label: 'Leave the text',
      keybindings: [KeyCode.Escape],
      precondition: '!findWidgetVisible',
      run: on.leave,
    });
    side.addAction({
      id: 'vekscope.next',
      label: 'Next difference',
      keybindings: [KeyCode.KeyJ],
      keybindingContext: 'editorTextFocus',
      run: () => on.step(1),
    });
    side.addAction({
      id: 'vekscope.previous',
      label: 'Previous difference',
      keybindings: [KeyCode.KeyK],
      keybindingContext: 'editorTextFocus',
      run: () => on.step(-1),
    });
  }
  old.onDidLayoutChange(({ width }) => on.split(width));

  let waiting: (() => void) | null = null;
  view.onDidUpdateDiff(() => {
    const run = waiting;
    waiting = null;
    run?.();
  });
  /** now, or once what is equal has been folded away */
  const whenCompared = (run: () => void) => {
    if (view.getLineChanges() === null) waiting = run;
    else run();
  };

  // made here, since one that the editor makes itself outlives it, and asks the worker for models that are gone
  let comparing: editor.IDiffEditorViewModel | null = null;
  const drop = () => {
    waiting = null;
    const models = view.getModel();
    view.setModel(null);
    comparing?.dispose();
    comparing = null;
    models?.original.dispose();
    models?.modified.dispose();
  };
  return {
    show: (before, after) => {
      drop();
      comparing = view.createViewModel({ original: modelOf(before), modified: modelOf(after) });
      view.setModel(comparing);
    },
    setColumns: (two) => view.updateOptions({ renderSideBySide: two }),
    setWrap,
    setLabels: (before, after) => {
      old.updateOptions({ ariaLabel: before });
      now.updateOptions({ ariaLabel: after });
    },
    reveal: (before, after, focus) =>
      whenCompared(() => {
        mark(old, marks.get(old)!, before);
        mark(now, marks.get(now)!, after);
        const [side, lines] = after === null ? [old, before] : [now, after];
        if (lines === null) return;
        const line = Math.min(lines.from, side.getModel()?.getLineCount() ?? 1);
        side.setPosition({ lineNumber: line, column: 1 });
        side.revealLinesInCenterIfOutsideViewport(line, Math.min(lines.to, line + 12));
        if (focus) side.focus();
      }),
    dispose: () => {
      drop();
      view.dispose();
    },
  };
}

const modelOf = ({ text, json }: Code): editor.ITextModel =>
  editor.createModel(text, json ? VEK_JSON : 'plaintext');

/** Marks the numbers of the lines of the change that the list stands at. */
function mark(
  side: editor.ICodeEditor,
  marks: editor.IEditorDecorationsCollection,
  lines: Lines | null,
): void {
  const count = side.getModel()?.getLineCount() ?? 1;
  marks.set(
    lines === null
      ? []
      : [
          {
            range: {
              startLineNumber: Math.min(lines.from, count),
              startColumn: 1,
              endLineNumber: Math.min(lines.to, count),
              endColumn: 1,
            },
            options: { isWholeLine: true, lineNumberClassName: 'cc-here' },
          },
        ],
  );
}

const OPTIONS: editor.IStandaloneDiffEditorConstructionOptions = {
  ...READ_OPTIONS,
  folding: false,
  originalEditable: false,
  renderMarginRevertIcon: false,
  renderGutterMenu: false,
  renderOverviewRuler: false,
  renderIndicators: true,
  useInlineViewWhenSpaceIsLimited: false,
  enableSplitViewResizing: true,
  ignoreTrimWhitespace: false,
  diffAlgorithm: 'advanced',
  maxComputationTime: MAX_MS,
  hideUnchangedRegions: { enabled: true, contextLineCount: 3, minimumLineCount: 4, revealLineCount: 20 },
  accessibilityVerbose: false,
  lineDecorationsWidth: 24,
};
