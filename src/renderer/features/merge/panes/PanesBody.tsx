import { useMemo, useRef, useState, type CSSProperties } from 'react';
import { Group, Panel, Separator } from 'react-resizable-panels';
import type { Failure } from '../../../../contract/failure.ts';
import type { MergeTexts } from '../../../../contract/merge.ts';
import { useSettings } from '../../../state/settings.ts';
import { Button } from '../../../ui/button/Button.tsx';
import { formatBytes } from '../../../ui/format.ts';
import { Segmented } from '../../../ui/segmented/Segmented.tsx';
import { useWrap } from '../../node/wrap.ts';
import { keepSizes, keptSizes } from './kept-sizes.ts';
import { lettersOf, type UnitState } from './marks.ts';
import type { FourPanesProps } from './panes-props.ts';
import { baseName } from '../names.ts';
import { ResultHead } from './ResultHead.tsx';
import { shownOf } from './shown-texts.ts';
import { SourcePane, type Source } from './SourcePane.tsx';
import { takenIn } from './taken.ts';
import { usePanes } from './use-panes.ts';

type Props = FourPanesProps & {
  readonly texts: MergeTexts;
  readonly busy: boolean;
  readonly cut: boolean;
  readonly failed: Failure | null;
  readonly states: ReadonlyMap<string, UnitState>;
  readonly narrow: boolean;
  readonly onAll: () => void;
};

const SOURCES: readonly Source[] = ['base', 'ours', 'theirs'];

/** The four editors with what stands around them. */
export function PanesBody(props: Props) {
  const { document, decision, names, current, texts, states, narrow, fixed = false } = props;
  const zone = useSettings((settings) => settings.time);
  const wrap = useWrap();
  const [front, setFront] = useState<Source>('ours');
  const root = useRef<HTMLDivElement>(null);
  const shown = useMemo(() => shownOf(texts, document, names.files === true), [texts, document, names.files]);
  const plain = usePanes(root, { ...props, shown, wrap });
  const unit = document.units.find(({ id }) => id === current) ?? null;
  const taken = unit === null ? null : takenIn(unit, decision);
  const blocked = fixed ? 'This merge was written' : unit === null ? 'Go to a place first' : null;
  const letters = lettersOf(names);

  const source = (side: Source) => (
    <SourcePane
      key={side}
      side={side}
      document={document}
      names={names}
      text={texts[side]}
      zone={zone}
      pressed={taken === side || (taken === 'both' && unit?.taken === 'both' && side !== 'base')}
      blocked={blocked}
      hidden={narrow && side !== front}
      plain={plain}
      onUse={() => current !== null && props.onChoose(current, { take: side })}
    />
  );
  const style = {
    '--ours': `var(--lane-${names.ours.colour})`,
    '--theirs': `var(--lane-${names.theirs.colour})`,
    '--ours-letter': `'${letters.ours}'`,
    '--theirs-letter': `'${letters.theirs}'`,
  } as CSSProperties;
  return (
    <div ref={root} className="mp-body" style={style} tabIndex={-1}>
      {props.cut && <Cut bytes={texts.result.text.length} busy={props.busy} onAll={props.onAll} />}
      {narrow && (
        <div className="mp-switch">
          <Segmented<Source>
            label="Text above the result"
            value={front}
            onChange={setFront}
            options={SOURCES.map((side) => ({
              value: side,
              label: side === 'base' ? baseName(names) : shortName(names[side].name),
            }))}
          />
        </div>
      )}
      <Group orientation="vertical" {...kept('panes-rows')}>
        <Panel id="sources" minSize={96} defaultSize="50%">
          {narrow ? (
            <div className="mp-one">{SOURCES.map(source)}</div>
          ) : (
            <Group orientation="horizontal" {...kept('panes-columns')}>
              <Panel id="base" minSize={160}>
                {source('base')}
              </Panel>
              <Separator className="pane-line" aria-label="Width of the base" />
              <Panel id="ours" minSize={160}>
                {source('ours')}
              </Panel>
              <Separator className="pane-line" aria-label={`Width of ${names.ours.name}`} />
              <Panel id="theirs" minSize={160}>
                {source('theirs')}
              </Panel>
            </Group>
          )}
        </Panel>
        <Separator className="pane-line pane-line-across" aria-label="Height of the sources" />
        <Panel id="result" minSize={96} defaultSize="50%">
          <section className="mp-pane" aria-label="Result">
            <ResultHead
              {...props}
              unit={unit}
              taken={taken}
              blocked={blocked}
              open={[...states.values()].filter((state) => state === 'open').length}
            />
            {props.editor !== null && <div className="mp-editor">{props.editor}</div>}
            <div className="mp-area">
              <div data-pane="result" className="mp-host" />
              {plain && <pre className="mp-plain">{texts.result.text}</pre>}
            </div>
          </section>
        </Panel>
      </Group>
    </div>
  );
}

function Cut({
  bytes,
  busy,
  onAll,
}: {
  readonly bytes: number;
  readonly busy: boolean;
  readonly onAll: () => void;
}) {
  return (
    <div className="mp-cut">
      <p>
        <b>Larger than is shown at once.</b> These are the beginnings, {formatBytes(bytes)} of the result.
        Showing all of it may take some seconds and much memory; every place can be settled without.
      </p>
      <Button size="small" disabled={busy} onClick={onAll}>
        {busy ? 'Reading…' : 'Show anyway'}
      </Button>
    </div>
  );
}

/** A name that fits into a switch: its beginning and its end, since names of runs differ there. */
function shortName(name: string): string {
  const letters = [...name];
  return letters.length <= 28 ? name : `${letters.slice(0, 16).join('')}…${letters.slice(-10).join('')}`;
}

/** Sizes as they were left, and what keeps them. */
function kept(key: string) {
  const layout = keptSizes(key);
  const onLayoutChanged = (next: Readonly<Record<string, number>>) => keepSizes(key, next);
  return layout === null ? { onLayoutChanged } : { defaultLayout: layout, onLayoutChanged };
}
