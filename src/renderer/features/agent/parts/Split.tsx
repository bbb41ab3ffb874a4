import { useRef, type ReactNode } from 'react';
import { Group, Panel, Separator } from 'react-resizable-panels';
import { useWidth } from '../../compare/calls/use-width.ts';

/** The width below which what is chosen stands under its list, in px. */
const BESIDE_FROM = 520;

type Props = {
  readonly id: string;
  /** what stands first: the list */
  readonly list: ReactNode;
  readonly children: ReactNode;
  /** the list above what it shows, for wide tables; else beside it */
  readonly stacked?: boolean;
};

/** A list and what is chosen of it, with a line between them that can be moved. */
export function Split({ id, list, children, stacked = false }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const across = stacked || (width !== null && width < BESIDE_FROM);
  return (
    <div ref={box} className="ag-split">
      {width !== null && (
        <Group id={`${id}-split`} orientation={across ? 'vertical' : 'horizontal'}>
          <Panel id={`${id}-list`} defaultSize={across ? '44%' : '32%'} minSize={across ? 96 : 168}>
            {list}
          </Panel>
          <Separator
            className={`pane-line ${across ? 'pane-line-across' : ''}`}
            aria-label={across ? 'Height of the list' : 'Width of the list'}
          />
          <Panel id={`${id}-shown`} minSize={across ? 120 : 200}>
            <div className="ag-shown">{children}</div>
          </Panel>
        </Group>
      )}
    </div>
  );
}
