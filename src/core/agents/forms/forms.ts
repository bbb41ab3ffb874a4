import type { TextEdit } from '../../../contract/drafts.ts';
import { fail, ok } from '../../result.ts';
import type { Result } from '../../result.ts';
import type { Bind, Bound, RowValues, Slot, SlotSection, SlotTable } from './bind.ts';
import { checkField } from './check.ts';
import { applyEdits, unify } from './edits.ts';
export { checkField };
import type { FieldValue, Form, FormAbout, FormField, FormFile, FormSection } from './form.ts';
import { bindOf } from './kinds.ts';

const nobody: FormAbout = { agents: [], models: [], files: [] };
const prose: Form = { sections: [], problem: null };

/** Whether files of this kind have fields; the others are prose. */
export function hasForm(file: FormFile): boolean {
  return bindOf(file) !== null;
}

/** A file's text as a form. */
export function formOf(file: FormFile, text: string, about: FormAbout): Form {
  const bind = bindOf(file);
  if (bind === null) return prose;
  const bound = bindText(bind, unify(text).text, about);
  if (!bound.ok) return { sections: [], problem: { message: bound.message, line: bound.line } };
  return { sections: bound.sections.map(formSection), problem: null };
}

function bindText(bind: Bind, text: string, about: FormAbout): Bound {
  if (text.startsWith('\ufeff')) {
    return {
      ok: false,
      message: 'It begins with a byte order mark, which keeps the runtime from reading what follows.',
      line: 1,
    };
  }
  return bind(text, about);
}

function formSection({ id, title, help, line, slots, table }: SlotSection): FormSection {
  return {
    id,
    title,
    help,
    line,
    fields: slots.map((slot) => field(slot, `${id}.${slot.spec.id}`)),
    table:
      table === null
        ? null
        : {
            rowName: table.rowName,
            specs: table.specs,
            moves: table.moves,
            rows: table.rows.map((row, index) => ({
              index,
              title: row.title,
              line: row.line,
              locked: row.locked,
              fields: row.slots.map((slot) => field(slot, `${id}.${index}.${slot.spec.id}`)),
            })),
          },
  };
}

function field({ spec, value, present, line, problem, locked }: Slot, path: string): FormField {
  return { spec, path, value, present, line, problem, locked };
}

/**
 * Sets one field; null takes it out. Only its bytes change: what comes out is read again and must say the new value
 * there and everything else as before, or nothing is changed.
 */
export function setField(
  file: FormFile,
  text: string,
  path: string,
  value: FieldValue,
  about: FormAbout = nobody,
): Result<readonly TextEdit[]> {
  return edited(file, text, about, (sections) => {
    const slot = slotAt(sections, path);
    if (slot === null)
      return fail('not-found', 'There is no such field in this text any more.', 'Look again.');
    if (slot.locked !== null) return fail('bad-request', slot.locked, 'Change it in the text.');
    const wrong = checkField(relaxed(slot), value);
    if (wrong !== null) return fail('bad-request', wrong, 'Change the value.');
    if (same(slot.value, value) && slot.problem === null) return ok({ edits: [], proves: () => true });
    const made = slot.write(value);
    if (!made.ok) return made;
    return ok({
      edits: made.value,
      proves: (after) => {
        const now = slotAt(after, path);
        if (now === null || !same(now.value, value)) return false;
        return others(sections, path) === others(after, path);
      },
    });
  });
}

/** Choices are checked against what the window had, not here, where nobody may be named. */
function relaxed({ spec }: Slot): Slot['spec'] {
  return spec.options.length === 0 ? { ...spec, open: true } : spec;
}

/** Adds a row at the end of a table. */
export function addRow(
  file: FormFile,
  text: string,
  sectionId: string,
  values: RowValues,
  about: FormAbout = nobody,
): Result<readonly TextEdit[]> {
  return tableEdit(file, text, sectionId, about, (table) => {
    for (const spec of table.specs) {
      const open = spec.options.length === 0 ? { ...spec, open: true } : spec;
      const wrong = checkField(open, values[spec.id] ?? null);
      if (wrong !== null) return fail('bad-request', wrong, 'Change the value.');
    }
    const made = table.add(values);
    if (!made.ok) return made;
    const row = JSON.stringify(table.specs.map(({ id }) => plain(values[id] ?? null)));
    return ok({ edits: made.value, rows: (before) => [...before, row] });
  });
}

export function removeRow(
  file: FormFile,
  text: string,
  sectionId: string,
  index: number,
): Result<readonly TextEdit[]> {
  return tableEdit(file, text, sectionId, nobody, (table) => {
    if (index < 0 || index >= table.rows.length) return noRow();
    const made = table.remove(index);
    return made.ok ? ok({ edits: made.value, rows: (before) => before.toSpliced(index, 1) }) : made;
  });
}

export function moveRow(
  file: FormFile,
  text: string,
  sectionId: string,
  from: number,
  to: number,
): Result<readonly TextEdit[]> {
  return tableEdit(file, text, sectionId, nobody, (table) => {
    if ([from, to].some((at) => at < 0 || at >= table.rows.length)) return noRow();
    const made = table.move(from, to);
    if (!made.ok) return made;
    return ok({
      edits: made.value,
      rows: (before) => before.toSpliced(from, 1).toSpliced(to, 0, before[from]!),
    });
  });
}

function noRow(): ReturnType<typeof fail> {
  return fail('not-found', 'There is no such row in this text any more.', 'Look again.');
}

type Step = {
  readonly edits: readonly TextEdit[];
  readonly proves: (after: readonly SlotSection[]) => boolean;
};

function edited(
  file: FormFile,
  raw: string,
  about: FormAbout,
  make: (sections: readonly SlotSection[]) => Result<Step>,
): Result<readonly TextEdit[]> {
  const bind = bindOf(file);
  const { text, toRaw } = unify(raw);
  if (bind === null) return fail('bad-request', 'This kind of file has no fields.', 'Change its text.');
  const before = bindText(bind, text, about);
  if (!before.ok) return fail('bad-request', before.message, 'Mend it in the text first.');
  const step = make(before.sections);
  if (!step.ok) return step;
  const { edits, proves } = step.value;
  if (edits.length === 0) return ok([]);
  const after = bindText(bind, applyEdits(text, edits), about);
  if (after.ok && proves(after.sections)) {
    return ok(toRaw(edits).filter(({ from, to, text: added }) => from !== to || added !== ''));
  }
  return fail(
    'bad-request',
    'The form can’t write this without changing something else in the file.',
    'Change it in the text.',
  );
}

function tableEdit(
  file: FormFile,
  text: string,
  sectionId: string,
  about: FormAbout,
  make: (table: SlotTable) => Result<{
    readonly edits: readonly TextEdit[];
    readonly rows: (before: readonly string[]) => readonly string[];
  }>,
): Result<readonly TextEdit[]> {
  return edited(file, text, about, (sections) => {
    const table = sections.find(({ id }) => id === sectionId)?.table ?? null;
    if (table === null)
      return fail('not-found', 'There is no such table in this text any more.', 'Look again.');
    const made = make(table);
    if (!made.ok) return made;
    const wanted = made.value.rows(rowTexts(table));
    return ok({
      edits: made.value.edits,
      proves: (after) => {
        const now = after.find(({ id }) => id === sectionId)?.table ?? null;
        if (now === null || JSON.stringify(rowTexts(now)) !== JSON.stringify(wanted)) return false;
        return others(sections, null, sectionId) === others(after, null, sectionId);
      },
    });
  });
}

function rowTexts({ rows, specs }: SlotTable): readonly string[] {
  return rows.map(({ slots, title }) =>
    slots.length === 0
      ? title
      : JSON.stringify(specs.map(({ id }) => plain(slots.find(({ spec }) => spec.id === id)?.value ?? null))),
  );
}

/** All that a form says but one field or one table. */
function others(sections: readonly SlotSection[], path: string | null, table: string | null = null): string {
  const all: (readonly [string, unknown])[] = [];
  for (const { id, slots, table: rows } of sections) {
    for (const slot of slots) all.push([`${id}.${slot.spec.id}`, said(slot)]);
    if (rows === null || id === table) continue;
    for (const [index, row] of rows.rows.entries()) {
      for (const slot of row.slots) all.push([`${id}.${index}.${slot.spec.id}`, said(slot)]);
    }
  }
  return JSON.stringify(all.filter(([key]) => key !== path));
}

function said({ value, locked }: Slot): unknown {
  return [plain(value), locked];
}

function same(a: FieldValue, b: FieldValue): boolean {
  return JSON.stringify(plain(a)) === JSON.stringify(plain(b));
}

/** Off, none and an empty list or text are alike where a form compares. */
function plain(value: FieldValue): FieldValue {
  return value === false || value === '' || (Array.isArray(value) && value.length === 0) ? null : value;
}

function slotAt(sections: readonly SlotSection[], path: string): Slot | null {
  const [id = '', ...rest] = path.split('.');
  const found = sections.find((one) => one.id === id);
  if (found === undefined) return null;
  const slots = rest.length === 2 ? found.table?.rows[Number(rest[0])]?.slots : found.slots;
  return slots?.find(({ spec }) => spec.id === rest.at(-1)) ?? null;
}
