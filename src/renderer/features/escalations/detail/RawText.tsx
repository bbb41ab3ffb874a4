import { FileWarning } from 'lucide-react';
import { api } from '../../../app/engine.ts';
import { useAnswer } from '../../../app/use-answer.ts';
import { Button } from '../../../ui/button/Button.tsx';
import { EmptyState } from '../../../ui/empty/EmptyState.tsx';
import { FailureState } from '../../../ui/empty/FailureState.tsx';
import { SkeletonRows } from '../../../ui/skeleton/Skeleton.tsx';
import { TextPane } from '../../agent/text/TextPane.tsx';

type Props = { readonly source: string; readonly path: string };

/** The file as it stands, asked for again as it changes. */
export function RawText({ source, path }: Props) {
  const { value, error, again } = useAnswer(source, `file ${path}`, () => api.agents.file({ source, path }), {
    keep: false,
  });
  if (value === null) {
    if (error === null) return <SkeletonRows rows={8} label="Reading the file" />;
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
  if (value.text === null) {
    return (
      <EmptyState icon={FileWarning} title="There is no text to show">
        <p>{value.noText}</p>
      </EmptyState>
    );
  }
  return <TextPane path={path} text={value.text} language={value.language} label={`Text of ${value.name}`} />;
}
