import type { TextEdit } from '../../../contract/drafts.ts';
import type { Result } from '../../result.ts';
import type { FieldSpec, FieldValue, FormAbout } from './form.ts';

type Edited = Result<readonly TextEdit[]>;

/** A field with how it is written. */
export type Slot = {
  readonly spec: FieldSpec;
  readonly value: FieldValue;
  readonly present: boolean;
  readonly line: number | null;
  readonly problem: string | null;
  readonly locked: string | null;
  readonly write: (value: FieldValue) => Edited;
};

export type SlotRow = {
  readonly title: string;
  readonly line: number | null;
  readonly slots: readonly Slot[];
  readonly locked: string | null;
};

export type RowValues = Readonly<Record<string, FieldValue>>;

export type SlotTable = {
  readonly rowName: string;
  readonly specs: readonly FieldSpec[];
  readonly rows: readonly SlotRow[];
  readonly moves: boolean;
  readonly add: (values: RowValues) => Edited;
  readonly remove: (index: number) => Edited;
  readonly move: (from: number, to: number) => Edited;
};

export type SlotSection = {
  readonly id: string;
  readonly title: string;
  readonly help: string;
  readonly line: number | null;
  readonly slots: readonly Slot[];
  readonly table: SlotTable | null;
};

/** A text bound to its form, or why there is none. */
export type Bound =
  | { readonly ok: true; readonly sections: readonly SlotSection[] }
  | { readonly ok: false; readonly message: string; readonly line: number | null };

/** Makes the form of a text with LF as its line ends. */
export type Bind = (text: string, about: FormAbout) => Bound;

export function section(
  id: string,
  title: string,
  help: string,
  slots: readonly Slot[],
  table: SlotTable | null = null,
  line: number | null = null,
): SlotSection {
  return { id, title, help, slots, table, line };
}
