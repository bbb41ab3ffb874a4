import { useState } from 'react';
import { announce } from '../../../ui/announce.ts';
import { useSettings } from '../../../state/settings.ts';
import { useShortcuts } from '../../../ui/keyboard.ts';
import type { Cluster } from './clusters.ts';
import type { Layout } from './layout.ts';
import { openBar, openCluster, openRun } from './open.ts';
import { runKey } from './paint-record.ts';
import { isPlace, type RecordRun } from './record.ts';
import { panSpan, sameSpan, zoomSpan, type Span } from './span.ts';
import { barWords, clusterWords, runWords, spanWords } from './words.ts';

type Props = {
  readonly source: string;
  readonly layout: Layout | null;
  readonly span: Span;
  readonly whole: Span;
  readonly onSpan: (span: Span, settled: boolean) => void;
};

/** One thing that the keys stop at. */
type Stop = {
  readonly key: number;
  readonly x: number;
  readonly words: string;
  readonly cluster: Cluster | null;
  readonly open: () => void;
};

/** Stretches of the record that nobody has to stop at; those that something was done to have marks of their own. */
const SOUND: ReadonlySet<RecordRun['is']> = new Set(['verified', 'follows', 'open']);
/** Bars that the keys go through; more than that are reached by zooming. */
const MOST_STOPS = 60;

/** Keys of the timeline: up and down go through its marks, Tab leaves it at once. `marked`: the key of the mark they are on. */
export function useTimelineKeys({ source, layout, span, whole, onSpan }: Props): {
  readonly marked: number | null;
  readonly at: Cluster | null;
  /** the focus came or went: the keys begin at the first mark again */
  readonly reset: () => void;
} {
  const zone = useSettings((state) => state.time);
  const [wanted, setWanted] = useState<number | null>(null);
  const stops = (): readonly Stop[] => {
    if (layout === null) return [];
    const marks = layout.clusters.map((cluster) => ({
      key: cluster.key,
      x: cluster.x,
      words: clusterWords(cluster, zone),
      cluster,
      open: () => openCluster(source, cluster),
    }));
    const taken = new Set(layout.clusters.map(({ firstSeq }) => firstSeq));
    const runs = layout.runs.filter(({ is }) => !SOUND.has(is) && !isPlace(is));
    const bars = layout.banded || layout.boxes.length > MOST_STOPS ? [] : layout.boxes;
    return [
      ...marks,
      ...runs.slice(0, MOST_STOPS).map((run) => ({
        key: runKey(run),
        x: run.x0,
        words: runWords(run, zone),
        cluster: null,
        open: () => openRun(source, run),
      })),
      ...bars
        .filter(({ bar }) => !taken.has(bar.firstSeq))
        .map(({ bar, x }) => ({
          key: bar.firstSeq,
          x,
          words: barWords(bar, zone),
          cluster: null,
          open: () => openBar(source, bar.executionId),
        })),
    ].toSorted((a, b) => a.x - b.x || a.key - b.key);
  };
  const list = wanted === null ? [] : stops();
  const current = list.find(({ key }) => key === wanted) ?? null;

  const step = (by: 1 | -1): Stop | undefined => {
    const all = stops();
    const at = all.findIndex(({ key }) => key === wanted);
    return at < 0 ? (by === 1 ? all[0] : undefined) : all[at + by];
  };
  const goTo = (stop: Stop | undefined) => {
    if (stop === undefined) return;
    setWanted(stop.key);
    const all = stops();
    announce(`${stop.words} Mark ${all.findIndex(({ key }) => key === stop.key) + 1} of ${all.length}.`);
  };
  const show = (next: Span) => {
    onSpan(next, true);
    announce(sameSpan(next, whole) ? 'All of the record.' : spanWords(next, zone));
  };
  const stretches = layout?.view.timeline.stretches ?? [];
  const middle = () => (span.from + span.to) / 2;
  const anchor = () => current?.cluster?.from ?? middle();
  useShortcuts({ name: 'ledger-timeline', label: 'Ledger timeline' }, [
    { keys: 'ArrowLeft', label: 'Earlier', run: () => show(panSpan(stretches, span, -0.2, whole)) },
    { keys: 'ArrowRight', label: 'Later', run: () => show(panSpan(stretches, span, 0.2, whole)) },
    { keys: ['+', '='], label: 'Closer', run: () => show(zoomSpan(stretches, span, 0.5, anchor(), whole)) },
    {
      keys: ['-', '_'],
      label: 'Further away',
      run: () => show(zoomSpan(stretches, span, 2, anchor(), whole)),
    },
    { keys: '0', label: 'All of the record', run: () => show(whole) },
    {
      keys: 'Home',
      label: 'To the beginning',
      hidden: true,
      run: () => show(panSpan(stretches, span, -1e9, whole)),
    },
    { keys: 'End', label: 'To the end', hidden: true, run: () => show(panSpan(stretches, span, 1e9, whole)) },
    {
      keys: 'ArrowDown',
      label: 'Next mark',
      when: () => step(1) !== undefined,
      run: () => goTo(step(1)),
    },
    {
      keys: 'ArrowUp',
      label: 'Mark before',
      when: () => step(-1) !== undefined,
      run: () => goTo(step(-1)),
    },
    {
      keys: 'Enter',
      label: 'Show the rows of the mark',
      when: () => current !== null,
      run: () => current?.open(),
    },
    { keys: 'Escape', label: 'Leave the marks', when: () => current !== null, run: () => setWanted(null) },
  ]);
  return { marked: current?.key ?? null, at: current?.cluster ?? null, reset: () => setWanted(null) };
}
