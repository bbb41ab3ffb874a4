import { WrapText } from 'lucide-react';
import type { MergeTexts, MergeUnit } from '../../../../contract/merge.ts';
import type { Failure } from '../../../../contract/failure.ts';
import { Badge } from '../../../ui/badge/Badge.tsx';
import { Button, IconButton } from '../../../ui/button/Button.tsx';
import { formatCount } from '../../../ui/format.ts';
import { Kbd } from '../../../ui/kbd/Kbd.tsx';
import { MiddleText } from '../../../ui/middle/MiddleText.tsx';
import { visibleText } from '../../../ui/visible-text.ts';
import { setWrap, useWrap } from '../../node/wrap.ts';
import { lettersOf } from './marks.ts';
import type { FourPanesProps } from './panes-props.ts';
import { nextBoth, type Taken } from './taken.ts';

type Props = FourPanesProps & {
  readonly texts: MergeTexts;
  readonly busy: boolean;
  readonly failed: Failure | null;
  readonly unit: MergeUnit | null;
  readonly taken: Taken;
  readonly blocked: string | null;
  readonly open: number;
};

/** Above the result: what is left, the current place and what can be done there, and what the marks mean. */
export function ResultHead(props: Props) {
  const { texts, unit, taken, blocked, open, decision, names, failed } = props;
  const wrap = useWrap();
  const origins = new Set(texts.origins);
  return (
    <>
      <header className="mp-head mp-result-head">
        <span className="mp-name">Result</span>
        <Badge tone={open > 0 ? 'warn' : 'ok'}>
          {open > 0 ? `${formatCount(open)} open` : 'nothing open'}
        </Badge>
        {texts.synthetic && open === 0 && (
          <Badge title="No tool returned this output: the merge makes it">synthetic</Badge>
        )}
        {unit !== null && (
          <code className="mp-path" title={unit.path}>
            <bdi>{unit.path === '' ? 'the whole document' : visibleText(unit.path)}</bdi>
          </code>
        )}
        <span className="mp-acts">
          <Button
            size="small"
            look="quiet"
            pressed={taken === 'both' && unit?.taken !== 'both'}
            disabled={blocked !== null || unit?.both !== true}
            title={
              blocked ??
              (unit?.both === true
                ? 'Keep both; again: the other order'
                : 'Only lists and texts can be kept from both')
            }
            end={<Kbd keys="3" />}
            onClick={() => unit !== null && props.onChoose(unit.id, nextBoth(unit.id, decision))}
          >
            Both
          </Button>
          <Button
            size="small"
            disabled={blocked !== null || unit?.what === 'order'}
            title={
              blocked ??
              (unit?.what === 'order'
                ? 'The order of a list is taken from one side'
                : 'Type in place of what stands here')
            }
            end={<Kbd keys="e" />}
            onClick={() => unit !== null && props.onEdit(unit.id)}
          >
            Edit
          </Button>
          <IconButton
            icon={WrapText}
            size="small"
            label="Wrap long lines"
            pressed={wrap}
            onClick={() => setWrap(!wrap)}
          />
        </span>
      </header>
      {failed !== null && (
        <p className="mp-problem">
          This is the result of the decision before. {failed.message} {failed.hint}
        </p>
      )}
      {texts.problem !== null && <p className="mp-problem">{texts.problem}</p>}
      <Legend names={names} origins={origins} />
    </>
  );
}

type LegendProps = { readonly names: FourPanesProps['names']; readonly origins: ReadonlySet<string> };

/** What the bars and letters beside the lines mean: those that are there. */
function Legend({ names, origins }: LegendProps) {
  const letters = lettersOf(names);
  return (
    <ul className="mp-legend" aria-label="Where lines come from">
      {(['ours', 'theirs'] as const).map((side) => (
        <li key={side}>
          <span className={`mp-key mp-key-${side}`} aria-hidden>
            {letters[side]}
          </span>
          <MiddleText text={names[side].name} />
        </li>
      ))}
      {origins.has('both') && (
        <li>
          <span className="mp-key mp-key-both" aria-hidden>
            =
          </span>
          the same on both
        </li>
      )}
      {origins.has('edit') && (
        <li>
          <span className="mp-key mp-key-edit" aria-hidden>
            ✎
          </span>
          typed here
        </li>
      )}
      {origins.has('open') && (
        <li>
          <span className="mp-key mp-key-open" aria-hidden>
            ?
          </span>
          open
        </li>
      )}
      <li className="mp-legend-rest">no mark: unchanged</li>
    </ul>
  );
}
