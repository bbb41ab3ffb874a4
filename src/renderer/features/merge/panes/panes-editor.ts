import type { LineOrigin, MergeText, MergeUnit } from '../../../../contract/merge.ts';
import { codeFont } from '../../node/code/font.ts';
import { VEK_JSON } from '../../node/code/json-language.ts';
import { editor, Range, READ_OPTIONS } from '../../node/code/monaco.ts';
import { forwardKeys } from './forward-keys.ts';
import { changedOn, classesOf, originDecorations, placeDecorations, RULER } from './decorations.ts';
import type { UnitState } from './marks.ts';
import { PANES, type FourPanesProps, type Pane } from './panes-props.ts';
import { syncScrolling } from './sync-scroll.ts';
import { unitAt } from './sync.ts';

/** A text of a pane as it is shown; null: there is nothing on that side. */
export type PaneText = MergeText | null;

export type Shown = {
  readonly texts: Readonly<Record<Pane, PaneText>>;
  readonly origins: readonly LineOrigin[];
  readonly json: boolean;
};

export type Panes = {
  readonly show: (shown: Shown) => void;
  /** marks what stands where */
  readonly mark: (
    units: readonly MergeUnit[],
    states: ReadonlyMap<string, UnitState>,
    names: FourPanesProps['names'],
  ) => void;
  /** brings a unit into view in every pane that has it */
  readonly go: (unit: string | null) => void;
  readonly setWrap: (wrap: boolean) => void;
  readonly setLabels: (labels: Readonly<Record<Pane, string>>) => void;
  readonly dispose: () => void;
};

type Handlers = {
  /** a person went to a unit, by pointer or cursor */
  readonly select: (unit: string) => void;
  /** a person wants to type at a unit of the result */
  readonly edit: (unit: string) => void;
  /** Esc */
  readonly leave: () => void;
};

/** Opens the four read-only editors in their hosts. Everything they made is given back by `dispose`. */
export function openPanes(hosts: Readonly<Record<Pane, HTMLElement>>, wrap: boolean, on: Handlers): Panes {
  const models = each(() => editor.createModel('', 'plaintext'));
  const views = each((pane) =>
    editor.create(hosts[pane], {
      ...OPTIONS,
      ...codeFont(),
      lineDecorationsWidth: pane === 'result' ? 30 : 20,
      wordWrap: wrap ? 'on' : 'off',
      model: models[pane],
    }),
  );
  const unitMarks = each((pane) => views[pane].createDecorationsCollection());
  const currentMarks = each((pane) => views[pane].createDecorationsCollection());
  const originMarks = views.result.createDecorationsCollection();
  const sync = syncScrolling(views);
  let texts: Shown['texts'] = { base: null, ours: null, theirs: null, result: null };
  let origins: readonly LineOrigin[] = [];
  let states: ReadonlyMap<string, UnitState> = new Map();
  let current: string | null = null;
  /** the pane in which a person just went to the current unit: it does not move under them */
  let own: Pane | null = null;

  for (const pane of PANES) {
    const view = views[pane];
    forwardKeys(view, hosts[pane], on.leave);
    view.onDidChangeCursorPosition((event) => {
      if (event.reason !== editor.CursorChangeReason.Explicit) return;
      const unit = unitAt(texts[pane]?.places ?? [], event.position.lineNumber - 1, current);
      if (unit === null || unit === current) return;
      own = pane;
      on.select(unit);
    });
  }
  // an editor that opens above the result takes room from it
  views.result.onDidLayoutChange(() => {
    if (current !== null) sync.align(current, null);
  });
  views.result.onMouseDown((event) => {
    const line = event.target.position?.lineNumber;
    if (event.event.detail !== 2 || line === undefined) return;
    const unit = unitAt(texts.result?.places ?? [], line - 1, current);
    if (unit !== null) on.edit(unit);
  });

  const markCurrent = () => {
    for (const pane of PANES) {
      const place = texts[pane]?.places.find(({ unit }) => unit === current);
      const more = { zIndex: 10, lineNumberClassName: 'mp-here' };
      currentMarks[pane].set(
        place === undefined ? [] : placeDecorations(models[pane], place, 'mp-current', more),
      );
    }
  };
  const stateOf = (unit: string): UnitState => states.get(unit) ?? 'auto';

  return {
    show: (shown) => {
      ({ texts, origins } = shown);
      for (const pane of PANES) {
        setText(models[pane], texts[pane]?.text ?? '');
        const digits = String(models[pane].getLineCount()).length;
        views[pane].updateOptions({ lineNumbersMinChars: Math.max(4, digits + 1) });
        editor.setModelLanguage(models[pane], shown.json ? VEK_JSON : 'plaintext');
      }
      sync.setTexts(texts);
      markCurrent();
    },
    mark: (units, next, names) => {
      states = next;
      const taken = new Map(units.map((unit) => [unit.id, unit.taken]));
      for (const pane of PANES) {
        unitMarks[pane].set(
          (texts[pane]?.places ?? []).flatMap((place) => {
            const state = stateOf(place.unit);
            const changed = pane !== 'result' && changedOn(pane, taken.get(place.unit) ?? null);
            const classes = classesOf(pane, state, changed);
            return placeDecorations(models[pane], place, classes, {
              ...(changed ? { linesDecorationsClassName: `mp-side mp-side-${pane}` } : {}),
              ...(pane === 'result' && state === 'open' ? { overviewRuler: RULER } : {}),
            });
          }),
        );
      }
      originMarks.set(originDecorations(models.result, origins, names));
      markCurrent();
    },
    go: (unit) => {
      current = unit;
      markCurrent();
      if (unit !== null) sync.align(unit, own);
      own = null;
    },
    setWrap: (wrapped) => {
      for (const pane of PANES) views[pane].updateOptions({ wordWrap: wrapped ? 'on' : 'off' });
    },
    setLabels: (labels) => {
      for (const pane of PANES) views[pane].updateOptions({ ariaLabel: labels[pane] });
    },
    dispose: () => {
      sync.dispose();
      for (const pane of PANES) {
        views[pane].dispose();
        models[pane].dispose();
      }
    },
  };
}

const each = <T>(make: (pane: Pane) => T): Readonly<Record<Pane, T>> => ({
  base: make('base'),
  ours: make('ours'),
  theirs: make('theirs'),
  result: make('result'),
});

/** Puts a text in place of another by its part that differs, so that what is in view stays there. */
function setText(model: editor.ITextModel, next: string): void {
  const now = model.getValue();
  if (now === next) return;
  if (now === '') {
    model.setValue(next);
    return;
  }
  const most = Math.min(now.length, next.length);
  let head = 0;
  while (head < most && now.charCodeAt(head) === next.charCodeAt(head)) head += 1;
  let tail = 0;
  while (
    tail < most - head &&
    now.charCodeAt(now.length - 1 - tail) === next.charCodeAt(next.length - 1 - tail)
  ) {
    tail += 1;
  }
  const range = Range.fromPositions(model.getPositionAt(head), model.getPositionAt(now.length - tail));
  model.applyEdits([{ range, text: next.slice(head, next.length - tail) }]);
  // a cut pair of characters or line breaks would leave another text behind
  if (model.getValue() !== next) model.setValue(next);
}

const OPTIONS: editor.IStandaloneEditorConstructionOptions = {
  ...READ_OPTIONS,
  folding: false,
  lineNumbersMinChars: 4,
  overviewRulerLanes: 2,
  // so that the end of one text can stand beside the same place of another one that goes on
  scrollBeyondLastLine: true,
  scrollbar: { ...READ_OPTIONS.scrollbar, alwaysConsumeMouseWheel: true },
};
