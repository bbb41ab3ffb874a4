import { MousePointerClick } from 'lucide-react';
import { Button } from '../../ui/button/Button.tsx';
import { EmptyState } from '../../ui/empty/EmptyState.tsx';
import { FailureState } from '../../ui/empty/FailureState.tsx';
import { SkeletonRows } from '../../ui/skeleton/Skeleton.tsx';
import { RecordPanel } from './record/RecordPanel.tsx';
import { useRecord } from './record/use-record.ts';

type Props = { readonly source: string; readonly id: string | null };

/** The selected record at the right of the window. */
export function RecordInspector({ source, id }: Props) {
  if (id === null) {
    return (
      <EmptyState icon={MousePointerClick} title="No record selected">
        <p>Select a row of the runs to read what was logged.</p>
      </EmptyState>
    );
  }
  return <OneRecord source={source} id={id} where="inspector" />;
}

type OneProps = { readonly source: string; readonly id: string; readonly where: 'inspector' | 'tab' };

/** A record by its id, or why it can't be shown. */
export function OneRecord({ source, id, where }: OneProps) {
  const { value, error, stale, again } = useRecord(source, id);
  if (value !== null && (error === null || value.id === id)) {
    return <RecordPanel source={source} detail={value} error={stale ? null : error} where={where} />;
  }
  if (error === null) return <SkeletonRows rows={8} label="Reading the record" />;
  return (
    <FailureState
      error={error}
      actions={
        <Button size="small" onClick={again}>
          Read again
        </Button>
      }
    />
  );
}
