import { useEffect, useRef, useState, type RefObject } from 'react';
import type { UnitState } from './marks.ts';
import type { Panes, Shown } from './panes-editor.ts';
import { PANES, type FourPanesProps, type Pane } from './panes-props.ts';

type About = Pick<FourPanesProps, 'document' | 'names' | 'current' | 'onSelect' | 'onEdit' | 'fixed'> & {
  readonly shown: Shown;
  readonly states: ReadonlyMap<string, UnitState>;
  readonly wrap: boolean;
};

const hostOf = (root: HTMLElement | null, pane: Pane): HTMLElement | null =>
  root?.querySelector<HTMLElement>(`[data-pane=${pane}]`) ?? null;

/**
 * Opens the editors, which are fetched with the first use, in the elements of `root` with a `data-pane`, and keeps them
 * in step. True: they can't be loaded.
 */
export function usePanes(root: RefObject<HTMLElement | null>, about: About): boolean {
  const [panes, setPanes] = useState<Panes | null>(null);
  const [failed, setFailed] = useState(false);
  const latest = useRef(about);
  useEffect(() => {
    latest.current = about;
  });
  useEffect(() => {
    let open: Panes | null = null;
    let gone = false;
    const begin = async () => {
      const { openPanes } = await import('./panes-editor.ts');
      const [base, ours, theirs, result] = PANES.map((pane) => hostOf(root.current, pane));
      if (gone || !base || !ours || !theirs || !result) return;
      open = openPanes({ base, ours, theirs, result }, latest.current.wrap, {
        select: (unit) => latest.current.onSelect(unit),
        edit: (unit) => {
          if (latest.current.fixed !== true) latest.current.onEdit(unit);
        },
        leave: () => root.current?.focus(),
      });
      setPanes(open);
    };
    void begin().catch(() => setFailed(true));
    return () => {
      gone = true;
      open?.dispose();
    };
  }, [root]);

  const { shown, document, states, names, current, wrap } = about;
  const { ours, theirs } = names;
  useEffect(() => panes?.show(shown), [panes, shown]);
  useEffect(
    () => panes?.mark(document.units, states, { ours, theirs }),
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- the texts carry the marks
    [panes, shown, document.units, states, ours, theirs],
  );
  useEffect(() => panes?.go(current), [panes, current]);
  useEffect(() => panes?.setWrap(wrap), [panes, wrap]);
  useEffect(() => {
    panes?.setLabels({
      base: 'Base, read only',
      ours: `${ours.name}, read only`,
      theirs: `${theirs.name}, read only`,
      result: 'Result, read only',
    });
  }, [panes, ours.name, theirs.name]);
  return failed;
}
