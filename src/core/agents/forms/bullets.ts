import type { TextEdit } from '../../../contract/drafts.ts';
import { fail, ok } from '../../result.ts';
import type { Result } from '../../result.ts';
import { pyRegExp, pyRstrip, pyStrip } from '../text/python-text.ts';
import type { RowValues, Slot, SlotTable } from './bind.ts';
import { checkField } from './check.ts';
import { specOf } from './define.ts';
import type { FieldDef } from './define.ts';
import type { FieldValue, FormAbout } from './form.ts';
import { gapBefore } from './header.ts';
import { permuted } from './yaml-remove.ts';

/** What a bullet says, by the ids of its fields. Null: it says nothing that the runtime reads. */
export type BulletForm = {
  readonly read: (item: string) => Readonly<Record<string, string>> | null;
  /** the item with one field set, with all else as it is written; `item` is empty for a new one */
  readonly write: (item: string, id: string, value: string | null) => string | null;
};

/** A line of a list: its places in the text, and the text behind its dash. */
type Bullet = { readonly from: number; readonly to: number; readonly start: number; readonly item: string };

const bullet = pyRegExp('^\\s*[-*]\\s+(.+?)$');
const headingLine = /^## /;
/** What Python ends lines at besides LF; such a list is left to the text. */
const oddEnds = pyRegExp('[\\x0b\\x0c\\x1c-\\x1e\\x85\\u2028\\u2029]');

export type ListPlace = {
  /** the heading of the list */
  readonly heading: RegExp;
  readonly title: string;
  readonly rowName: string;
  readonly form: BulletForm;
  readonly defs: readonly FieldDef[];
};

/** The bullets below headings as rows. Lines of an item without a dash of their own belong to it. */
export function bulletTable(
  text: string,
  place: ListPlace,
  about: FormAbout,
): SlotTable & { readonly start: number | null } {
  const { rowName, form, defs } = place;
  const { bullets, start, insert } = find(text, place);
  const specs = defs.map((def) => specOf(def, about));
  const rows = bullets.map((one, index) => {
    const values = form.read(one.item) ?? {};
    const line = text.slice(0, one.from).split('\n').length;
    const slots = defs.map((def, i): Slot => {
      const value = values[def.id] ?? null;
      return {
        spec: specs[i]!,
        value,
        present: value !== null,
        line,
        problem: checkField(specs[i]!, value),
        locked: null,
        write: (wanted) => setIn(one, def, wanted, form),
      };
    });
    return { title: values[defs[0]!.id] ?? `${rowName} ${index + 1}`, line, slots, locked: null };
  });
  return {
    start,
    rowName,
    specs,
    rows,
    moves: true,
    add: (values) => {
      const item = newItem(values, defs, form);
      if (item === null) return refuse();
      const last = bullets.at(-1);
      if (last !== undefined) {
        const mark = /^\s*[-*]\s+/.exec(text.slice(last.from, last.to))?.[0] ?? '- ';
        return ok([{ from: last.to, to: last.to, text: `\n${mark}${item}` }]);
      }
      if (insert !== null) {
        const more = text.slice(insert).startsWith('\n\n') || insert === text.length ? '' : '\n';
        return ok([
          { from: insert, to: insert, text: `\n\n- ${item}${insert === text.length ? '\n' : more}` },
        ]);
      }
      const end = text.length;
      return ok([{ from: end, to: end, text: `${gapBefore(text)}## ${place.title}\n\n- ${item}\n` }]);
    },
    remove: (index) => {
      const one = bullets[index];
      if (one === undefined) return refuse();
      if (one.to < text.length) return ok([{ from: one.from, to: one.to + 1, text: '' }]);
      return ok([{ from: Math.max(0, one.from - 1), to: one.to, text: '' }]);
    },
    move: (from, to) => {
      const edits = permuted(
        text,
        bullets.map((one) => [one.from, one.to] as const),
        from,
        to,
      );
      return edits === null ? refuse() : ok(edits);
    },
  };
}

function refuse(): ReturnType<typeof fail> {
  return fail('bad-request', 'The form can’t write this list.', 'Change it in the text.');
}

function setIn(
  one: Bullet,
  def: FieldDef,
  wanted: FieldValue,
  form: BulletForm,
): Result<readonly TextEdit[]> {
  if (wanted !== null && typeof wanted !== 'string') return refuse();
  const made = form.write(one.item, def.id, wanted);
  if (made === null || /\n/.test(made)) return refuse();
  return ok([{ from: one.start, to: one.start + one.item.length, text: made }]);
}

function newItem(values: RowValues, defs: readonly FieldDef[], form: BulletForm): string | null {
  let item: string | null = '';
  for (const def of defs) {
    const value = values[def.id] ?? null;
    if (value === null || item === null) continue;
    if (typeof value !== 'string') return null;
    item = form.write(item, def.id, value);
  }
  return item === '' ? null : item;
}

function find(
  text: string,
  { heading, form }: ListPlace,
): { readonly bullets: readonly Bullet[]; readonly start: number | null; readonly insert: number | null } {
  const bullets: Bullet[] = [];
  let start: number | null = null;
  let insert: number | null = null;
  let inside = false;
  let open = false;
  let from = 0;
  for (const row of text.split('\n')) {
    const to = from + row.length;
    const line = pyRstrip(row);
    if (headingLine.test(line)) {
      inside = heading.test(line);
      open = false;
      if (inside && start === null) {
        start = from;
        insert = to;
      }
    } else if (inside && !line.startsWith('#') && !oddEnds.test(row)) {
      const found = bullet.exec(line)?.[1];
      if (found !== undefined) {
        const item = pyStrip(found);
        open = form.read(item) !== null;
        if (open)
          bullets.push({ from, to, start: from + line.length - found.length + found.indexOf(item), item });
      } else if (open && /^[ \t]+\S/.test(row)) {
        // goes on below its bullet
        bullets.push({ ...bullets.pop()!, to });
      } else open = false;
    } else open = false;
    from = to + 1;
  }
  return { bullets, start, insert };
}
