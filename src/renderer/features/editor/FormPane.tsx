import { FilePen, TriangleAlert } from 'lucide-react';
import { useMemo } from 'react';
import type { TextEdit } from '../../../contract/drafts.ts';
import type { Result } from '../../../contract/failure.ts';
import type { FormAbout, FormFile, FormSection } from '../../../core/agents/forms/form.ts';
import { formOf, setField } from '../../../core/agents/forms/forms.ts';
import { EmptyState } from '../../ui/empty/EmptyState.tsx';
import { visibleText } from '../../ui/visible-text.ts';
import { LineWord } from '../agent/parts/Findings.tsx';
import { FormField } from './form/FormField.tsx';
import { FormRows } from './form/FormRows.tsx';
import './form/form.css';

/**
 * Changes the text as it stands at this moment. Changes of one group that follow each other are one step back. Words
 * say why nothing was done.
 */
export type FormEdit = (
  make: (text: string) => Result<readonly TextEdit[]>,
  group: string | null,
) => string | null;

type Props = {
  readonly file: FormFile;
  readonly about: FormAbout;
  /** with `\n` only */
  readonly text: string;
  readonly onEdit: FormEdit;
  readonly onLine: (line: number) => void;
};

/** A file as a form, in step with its text: each change is an edit of exactly the place that says it. */
export function FormPane({ file, about, text, onEdit, onLine }: Props) {
  const { kind, path } = file;
  const of = useMemo<FormFile>(() => ({ kind, path }), [kind, path]);
  const { sections, problem } = useMemo(() => formOf(of, text, about), [of, text, about]);
  if (problem !== null) {
    return (
      <EmptyState
        icon={TriangleAlert}
        tone="warn"
        title="The form stays away until the text can be read"
        actions={problem.line !== null && <LineWord line={problem.line} onLine={onLine} />}
      >
        <p>{visibleText(problem.message)}</p>
        <p>Nothing is lost: mend that line in the text, and the form comes back.</p>
      </EmptyState>
    );
  }
  if (sections.length === 0) {
    return (
      <EmptyState icon={FilePen} title="This file is free text">
        <p>It has no fields. Write what the agent should read; the outline shows what each section weighs.</p>
      </EmptyState>
    );
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keys
    <section className="ew-scroll fo" aria-label="Form" tabIndex={0}>
      {sections.map((section) => (
        <Section key={section.id} file={of} section={section} about={about} onEdit={onEdit} onLine={onLine} />
      ))}
    </section>
  );
}

type SectionProps = Omit<Props, 'text'> & { readonly section: FormSection };

function Section({ file, section, about, onEdit, onLine }: SectionProps) {
  const { id, title, help, line, fields, table } = section;
  return (
    <section className="fo-section" aria-labelledby={`fo-${id}`}>
      <h3>
        <span id={`fo-${id}`}>{visibleText(title)}</span>
        {line !== null && <LineWord line={line} onLine={onLine} />}
      </h3>
      {help !== '' && <p className="fo-help">{visibleText(help)}</p>}
      {fields.map((field) => (
        <FormField
          key={field.path}
          spec={field.spec}
          value={field.value}
          problem={field.problem}
          locked={field.locked}
          onSet={(value) => onEdit((now) => setField(file, now, field.path, value, about), field.path)}
        />
      ))}
      {table !== null && (
        <FormRows file={file} section={section} table={table} about={about} onEdit={onEdit} onLine={onLine} />
      )}
    </section>
  );
}
