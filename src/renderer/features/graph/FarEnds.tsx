import { ArrowDown, ArrowUp } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { GraphRow } from '../../../contract/vek.ts';
import { attempt } from '../../app/client.ts';
import { api } from '../../app/engine.ts';
import { formatCount, formatCounted, shortHash } from '../../ui/format.ts';
import { visibleText } from '../../ui/visible-text.ts';
import { edgesIn } from './chunks.ts';
import type { Cursor } from './cursor.ts';
import { cutMiddle } from './cut.ts';
import { farEnds, type FarEnd } from './far-ends.ts';
import type { GraphModel, GraphState } from './model.ts';
import { useGraph } from './use-model.ts';
import { visibleRows } from './window.ts';
import { drawsRows } from './zoom/zoom.ts';

type Props = {
  readonly source: string;
  readonly model: GraphModel;
  readonly selected: string | null;
  readonly cursor: Cursor;
};

/** Where lines of the selected call lead out of the window: a label at that edge says to what and how far. */
export function FarEnds({ source, model, selected, cursor }: Props) {
  const key = useGraph(model, (state) => JSON.stringify(endsOf(state, model, selected)));
  const ends = JSON.parse(key) as readonly FarEnd[];
  return (
    <>
      {(['above', 'below'] as const).map((side) => {
        const here = ends.filter((end) => end.side === side);
        return here.length === 0 ? null : (
          <div key={side} className={`g-far g-far-${side}`}>
            {here.map((end) => (
              <FarLabel
                key={`${end.role}-${end.row}`}
                source={source}
                model={model}
                end={end}
                onGo={() => cursor.go(end.row)}
              />
            ))}
          </div>
        );
      })}
    </>
  );
}

function endsOf(
  { shown, scroll }: GraphState,
  model: GraphModel,
  selected: string | null,
): readonly FarEnd[] {
  if (shown === null || selected === null || !drawsRows(scroll.rowHeight)) return [];
  const row = model.rowOf(selected);
  if (row === null) return [];
  return farEnds(edgesIn(shown, { start: row, end: row + 1 }), row, visibleRows(scroll));
}

type LabelProps = {
  readonly source: string;
  readonly model: GraphModel;
  readonly end: FarEnd;
  readonly onGo: () => void;
};

function FarLabel({ source, model, end, onGo }: LabelProps) {
  const call = useCallAt(source, model, end.row);
  const Icon = end.side === 'above' ? ArrowUp : ArrowDown;
  const who = call === null ? '' : ` ${shortHash(call.hash)} ${cutMiddle(visibleText(call.tool), 24)}`;
  return (
    <button type="button" className="g-far-label" data-surface="raised" onClick={onGo}>
      <Icon className="icon" size={12} aria-hidden />
      <span>
        {end.role}
        <bdi>{who}</bdi>, {formatCounted(end.distance, 'row')} {end.side}
        {end.more > 0 && ` and ${formatCount(end.more)} more`}
      </span>
    </button>
  );
}

/** The call of a row that is out of sight; asked for where it was not read yet. */
function useCallAt(source: string, model: GraphModel, row: number): GraphRow | null {
  const near = useGraph(model, () => model.at(row));
  const key = useGraph(model, ({ shown }) => `${shown?.revision ?? ''} ${shown?.key ?? ''} ${row}`);
  const [far, setFar] = useState<{ readonly key: string; readonly call: GraphRow } | null>(null);
  const known = near !== null;
  useEffect(() => {
    if (known) return undefined;
    const controller = new AbortController();
    const ask = async (): Promise<void> => {
      const { view } = model.get();
      const answer = await attempt(
        api.vek.rows({ source, view, start: row, count: 1 }, { signal: controller.signal }),
      );
      const call = answer.ok ? answer.value.rows[0] : undefined;
      if (call !== undefined && !controller.signal.aborted) setFar({ key, call });
    };
    void ask();
    return () => controller.abort();
  }, [source, model, row, known, key]);
  return near ?? (far?.key === key ? far.call : null);
}
