import { FoldVertical, ShieldAlert } from 'lucide-react';
import { useMemo, useState, type ReactNode, type RefObject } from 'react';
import type { BranchInfo, GraphView } from '../../../contract/vek.ts';
import { Button } from '../../ui/button/Button.tsx';
import { formatCount, formatCounted } from '../../ui/format.ts';
import { Kbd } from '../../ui/kbd/Kbd.tsx';
import { Tooltip } from '../../ui/tooltip/Tooltip.tsx';
import { FilterField } from './filter/FilterField.tsx';
import { graphLanguage } from './filter/language.ts';
import { FocusChip } from './filter/FilterChip.tsx';
import type { KnownNames } from './filter/use-names.ts';
import { FocusMenu } from './FocusMenu.tsx';
import './toolbar.css';

export type FilterBarProps = {
  readonly view: GraphView;
  readonly onFilter: (filter: string) => void;
  readonly onFocus: (focus: readonly string[]) => void;
  readonly onFold: () => void;
  readonly known: KnownNames;
  /** what is wrong with the filter, in words */
  readonly error: string | null;
  readonly branches: readonly BranchInfo[];
  readonly count: Count | null;
  /** the search that the filter waits for, in words */
  readonly busy: string | null;
  readonly damaged: number;
  readonly onDamaged: () => void;
  /** leaves the field for the rows */
  readonly onLeave: () => void;
  readonly fieldRef: RefObject<HTMLInputElement | null>;
  /** more controls, before the count */
  readonly children?: ReactNode;
};

/** Filter first, then the toggles, and what the store is missing and the count at the right. */
export function FilterBar(props: FilterBarProps) {
  const { view, onFocus, onFold, branches, known, count, busy, damaged } = props;
  const [choosing, setChoosing] = useState(false);
  const language = useMemo(() => graphLanguage(known.names, known.refs), [known]);
  const leave = () => {
    onFocus([]);
    props.fieldRef.current?.focus();
  };
  return (
    <div className="g-toolbar">
      <FilterField
        filter={view.filter}
        onFilter={props.onFilter}
        language={language}
        error={props.error}
        lead={
          view.focus.length === 0 ? null : (
            <FocusChip focus={view.focus} onChoose={() => setChoosing(true)} onLeave={leave} />
          )
        }
        onLeadRemoved={() => view.focus.length > 0 && leave()}
        onLeave={props.onLeave}
        fieldRef={props.fieldRef}
      />
      <div className="g-tools">
        <FocusMenu
          branches={branches}
          focus={view.focus}
          onFocus={onFocus}
          open={choosing}
          onOpen={setChoosing}
        />
        <Tooltip
          text={
            <>
              Runs of calls without a fork, merge or name as one row each <Kbd keys="r" />
            </>
          }
        >
          <Button
            look="quiet"
            icon={FoldVertical}
            pressed={view.fold === true}
            className="g-tool-button"
            onClick={onFold}
          >
            Fold runs
          </Button>
        </Tooltip>
        {props.children}
      </div>
      <span className="g-toolbar-end">
        {damaged > 0 && (
          <Button
            look="quiet"
            size="small"
            icon={ShieldAlert}
            className="g-damaged"
            onClick={props.onDamaged}
          >
            {formatCounted(damaged, 'problem')}
          </Button>
        )}
        <output className="g-count">{busy ?? (count === null ? '' : countText(count))}</output>
      </span>
    </div>
  );
}

/** Calls that the view lets through, folded ones too, and all there are. */
export type Count = { readonly calls: number; readonly all: number };

/** `1,231 of 1,284 calls`, or only `1,284 calls` when all are shown. */
export function countText({ calls, all }: Count): string {
  return calls === all
    ? formatCounted(all, 'call')
    : `${formatCount(calls)} of ${formatCounted(all, 'call')}`;
}
