import { FileWarning } from 'lucide-react';
import type { AgentFileDetail } from '../../../../contract/agent-files.ts';
import { Button } from '../../../ui/button/Button.tsx';
import { EmptyState } from '../../../ui/empty/EmptyState.tsx';
import { FailureState } from '../../../ui/empty/FailureState.tsx';
import { Segmented } from '../../../ui/segmented/Segmented.tsx';
import { SkeletonRows } from '../../../ui/skeleton/Skeleton.tsx';
import { InertText } from '../parts/InertText.tsx';
import { bodyOf } from './frontmatter.ts';
import { TextPane, type ToLine } from './TextPane.tsx';
import { useFile } from './use-file.ts';

/** The form in which a text is read: laid out, or as it stands in the file. */
export type TextForm = 'read' | 'raw';

type FormProps = { readonly value: TextForm; readonly onChange: (form: TextForm) => void };

export function TextFormSwitch({ value, onChange }: FormProps) {
  return (
    <Segmented<TextForm>
      label="Form"
      value={value}
      onChange={onChange}
      options={[
        { value: 'read', label: 'Laid out' },
        { value: 'raw', label: 'As written' },
      ]}
    />
  );
}

type Props = { readonly path: string; readonly form: TextForm; readonly to?: ToLine | null };

/** The text of a file: Markdown without its frontmatter laid out, or everything as it stands. */
export function FileText({ path, form, to = null }: Props) {
  const { value, error, again } = useFile(path);
  if (value !== null) return <TextOf file={value} form={form} to={to} />;
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

type TextOfProps = { readonly file: AgentFileDetail; readonly form: TextForm; readonly to: ToLine | null };

/** The text of a file that was read; one that is no text says why. */
export function TextOf({ file, form, to }: TextOfProps) {
  if (file.text === null) {
    return (
      <EmptyState icon={FileWarning} title="There is no text to show">
        <p>{file.noText}</p>
      </EmptyState>
    );
  }
  if (form === 'read' && file.language === 'markdown') {
    return (
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keys
      <section className="ag-read" tabIndex={0} aria-label={`Text of ${file.name}`}>
        <h3 className="visually-hidden">Text</h3>
        <InertText text={bodyOf(file.text)} />
      </section>
    );
  }
  return (
    <TextPane
      path={file.path}
      text={file.text}
      language={file.language}
      label={`Text of ${file.name}`}
      to={to}
    />
  );
}
