import { ArrowDown, ArrowUp, ChevronRight, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { TextEdit } from '../../../../contract/drafts.ts';
import type { Result } from '../../../../contract/failure.ts';
import type {
  FieldType,
  FormAbout,
  FormFile,
  FormRow,
  FormSection,
  FormTable,
} from '../../../../core/agents/forms/form.ts';
import { addRow, moveRow, removeRow, setField } from '../../../../core/agents/forms/forms.ts';
import { announce } from '../../../ui/announce.ts';
import { Button, IconButton } from '../../../ui/button/Button.tsx';
import { visibleText } from '../../../ui/visible-text.ts';
import { LineWord } from '../../agent/parts/Findings.tsx';
import type { FormEdit } from '../FormPane.tsx';
import { FormField } from './FormField.tsx';
import { NewRow } from './NewRow.tsx';

type Props = {
  readonly file: FormFile;
  readonly section: FormSection;
  readonly table: FormTable;
  readonly about: FormAbout;
  readonly onEdit: FormEdit;
  readonly onLine: (line: number) => void;
};

/** The rows of a file, such as its sub-goals: changed, put in order, taken away, and new ones. */
export function FormRows({ file, section, table, about, onEdit, onLine }: Props) {
  const [adding, setAdding] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const { rows, rowName, specs, moves } = table;
  const change = (make: (text: string) => Result<readonly TextEdit[]>, said: string) => {
    const why = onEdit(make, null);
    setRefused(why);
    if (why === null) announce(said);
    return why;
  };
  const name = (row: FormRow): string =>
    visibleText(row.title === '' ? `${rowName} ${row.index + 1}` : row.title);
  return (
    <div className="fo-rows">
      {rows.map((row) => (
        <details key={row.index} className="fo-row">
          <summary>
            <ChevronRight className="icon fo-row-mark" size={14} aria-hidden />
            <bdi className="fo-row-title">{name(row)}</bdi>
            <bdi className="fo-row-gist truncate">{gistOf(row)}</bdi>
          </summary>
          {row.locked !== null && <p className="fo-note">{visibleText(row.locked)}</p>}
          {row.fields.map((field) => (
            <FormField
              key={field.path}
              spec={field.spec}
              value={field.value}
              problem={field.problem}
              locked={field.locked ?? row.locked}
              onSet={(value) => onEdit((now) => setField(file, now, field.path, value, about), field.path)}
            />
          ))}
          <div className="fo-row-actions">
            {row.line !== null && (
              <span className="fo-row-line">
                <LineWord line={row.line} onLine={onLine} />
              </span>
            )}
            {moves && (
              <>
                <IconButton
                  icon={ArrowUp}
                  label={`Move ${name(row)} up`}
                  disabled={row.index === 0}
                  onClick={() =>
                    change(
                      (now) => moveRow(file, now, section.id, row.index, row.index - 1),
                      `${name(row)} moved up`,
                    )
                  }
                />
                <IconButton
                  icon={ArrowDown}
                  label={`Move ${name(row)} down`}
                  disabled={row.index === rows.length - 1}
                  onClick={() =>
                    change(
                      (now) => moveRow(file, now, section.id, row.index, row.index + 1),
                      `${name(row)} moved down`,
                    )
                  }
                />
              </>
            )}
            <Button
              size="small"
              look="quiet"
              icon={Trash2}
              onClick={() =>
                change(
                  (now) => removeRow(file, now, section.id, row.index),
                  `${name(row)} removed. Undo brings it back.`,
                )
              }
            >
              Remove this {rowName}
            </Button>
          </div>
        </details>
      ))}
      {refused !== null && (
        <p className="fo-problem" role="alert">
          {visibleText(refused)}
        </p>
      )}
      {adding ? (
        <NewRow
          rowName={rowName}
          specs={specs}
          onAdd={(values) => {
            const why = change((now) => addRow(file, now, section.id, values), `The ${rowName} is added`);
            if (why === null) setAdding(false);
            return why;
          }}
          onCancel={() => setAdding(false)}
        />
      ) : (
        <Button size="small" icon={Plus} onClick={() => setAdding(true)}>
          Add {withArticle(rowName)}
        </Button>
      )}
    </div>
  );
}

const withArticle = (word: string): string => `${/^[aeio]/i.test(word) ? 'an' : 'a'} ${word}`;

/** What a folded row says beside its name: first of all what was chosen, such as the class of a tool. */
function gistOf({ title, fields }: FormRow): string {
  const said = fields.filter(
    ({ spec, value }) => SHORT.has(spec.type) && value !== title && value !== null && value !== '',
  );
  const first = said.find(({ spec }) => spec.type === 'choice' && spec.options.length > 1) ?? said[0];
  if (first === undefined) return '';
  const { spec, value } = first;
  const words = spec.options.find((option) => option.value === value)?.label ?? String(value);
  return visibleText(spec.type === 'money' ? `$${words}` : words);
}

const SHORT: ReadonlySet<FieldType> = new Set(['text', 'number', 'money', 'choice', 'date', 'agent', 'file']);
