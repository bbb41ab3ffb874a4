import { useMemo, useState } from 'react';
import type { Failure } from '../../../../contract/failure.ts';
import { FailureState } from '../../../ui/empty/FailureState.tsx';
import { Segmented } from '../../../ui/segmented/Segmented.tsx';
import { SkeletonRows } from '../../../ui/skeleton/Skeleton.tsx';
import { DiffPane } from '../../compare/calls/DiffPane.tsx';
import '../../compare/calls/texts.css';
import { useFile } from '../text/use-file.ts';

/** A side of a comparison: a file, or nothing where it was not there. */
export type Side = { readonly path: string | null; readonly title: string };

type Props = {
  readonly old: Side;
  readonly now: Side;
  /** said where a side has no file */
  readonly none: string;
  /** side by side at first */
  readonly columns?: boolean;
};

/** Two files of an agent side by side, or in one column. */
export function TwoFiles({ old, now, none, columns: first = true }: Props) {
  const [columns, setColumns] = useState(first);
  return (
    <div className="ag-diff">
      <div className="ag-diff-tools">
        <Segmented<'two' | 'one'>
          label="Layout"
          value={columns ? 'two' : 'one'}
          onChange={(value) => setColumns(value === 'two')}
          options={[
            { value: 'two', label: 'Side by side' },
            { value: 'one', label: 'One column' },
          ]}
        />
      </div>
      <Old old={old} now={now} none={none} columns={columns} />
    </div>
  );
}

type Shown = { readonly old: Side; readonly now: Side; readonly none: string; readonly columns: boolean };

function Old(props: Shown) {
  if (props.old.path === null) return <Now {...props} before="" />;
  return <OldFile {...props} path={props.old.path} />;
}

function OldFile(props: Shown & { readonly path: string }) {
  const { value, error } = useFile(props.path);
  if (value === null) return <Waiting error={error} />;
  return <Now {...props} before={value.text ?? value.noText ?? ''} />;
}

function Now(props: Shown & { readonly before: string }) {
  if (props.now.path === null) return <Both {...props} after="" />;
  return <NowFile {...props} path={props.now.path} />;
}

function NowFile(props: Shown & { readonly before: string; readonly path: string }) {
  const { value, error } = useFile(props.path);
  if (value === null) return <Waiting error={error} />;
  return <Both {...props} after={value.text ?? value.noText ?? ''} />;
}

function Waiting({ error }: { readonly error: Failure | null }) {
  return error === null ? <SkeletonRows rows={6} label="Reading" /> : <FailureState error={error} />;
}

type BothProps = Shown & { readonly before: string; readonly after: string };

function Both({ old, now, none, columns, before, after }: BothProps) {
  const left = useMemo(() => ({ key: 'old', text: before, json: false }), [before]);
  const right = useMemo(() => ({ key: 'now', text: after, json: false }), [after]);
  const labels = useMemo(() => ({ old: old.title, now: now.title }), [old.title, now.title]);
  return (
    <DiffPane
      old={left}
      now={right}
      columns={columns}
      wrap
      labels={labels}
      heads={{ old: <Head side={old} none={none} />, now: <Head side={now} none={none} /> }}
      reveal={null}
      onLeave={leave}
      onStep={step}
    />
  );
}

function Head({ side, none }: { readonly side: Side; readonly none: string }) {
  return (
    <span className="cc-column-head">
      <bdi className="truncate">{side.title}</bdi>
      {side.path === null && <span className="ag-quiet">{none}</span>}
    </span>
  );
}

function leave(): void {
  document.getElementById('view')?.focus();
}

const step = (): void => undefined;
