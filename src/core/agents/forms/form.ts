import type { AgentFileKind } from '../../../contract/agent-files.ts';

/** How a field is asked for. */
export type FieldType =
  | 'text'
  | 'multiline'
  | 'number'
  | 'money'
  | 'bool'
  | 'choice'
  | 'date'
  | 'lines'
  | 'model'
  | 'agent'
  | 'file';

/** What a field holds: numbers, dates and choices as they are typed. Null: the file does not say it. */
export type FieldValue = string | boolean | readonly string[] | null;

export type FieldOption = { readonly value: string; readonly label: string; readonly help: string };

/** What a value must be like. `item`: the rules of each line of `lines`. */
export type FieldRules = {
  readonly maxLength?: number;
  readonly maxWords?: number;
  readonly min?: number;
  readonly max?: number;
  readonly above?: number;
  readonly whole?: boolean;
  /** a regular expression with the words that say what it wants */
  readonly pattern?: readonly [source: string, words: string];
  readonly not?: readonly [source: string, words: string];
  readonly item?: 'text' | 'number';
  readonly notEmpty?: boolean;
};

/** One value that a file may say, described for a person who does not know the format. */
export type FieldSpec = {
  readonly id: string;
  readonly label: string;
  readonly help: string;
  readonly type: FieldType;
  readonly options: readonly FieldOption[];
  /** another text than the options may be given */
  readonly open: boolean;
  readonly required: boolean;
  /** what the runtime takes where the file does not say it, in words */
  readonly fallback: string | null;
  readonly rules: FieldRules;
};

/** A field of a file. `path` names it for `setField`; `line` from 1 in the file. */
export type FormField = {
  readonly spec: FieldSpec;
  readonly path: string;
  readonly value: FieldValue;
  readonly present: boolean;
  readonly line: number | null;
  /** what is wrong with the value that stands there */
  readonly problem: string | null;
  /** why it can be changed in the text only */
  readonly locked: string | null;
};

export type FormRow = {
  readonly index: number;
  readonly title: string;
  readonly line: number | null;
  readonly fields: readonly FormField[];
  readonly locked: string | null;
};

/** Rows of the same fields. `specs` are those of a new row. */
export type FormTable = {
  readonly rowName: string;
  readonly specs: readonly FieldSpec[];
  readonly rows: readonly FormRow[];
  /** the order of the rows has a meaning */
  readonly moves: boolean;
};

export type FormSection = {
  readonly id: string;
  readonly title: string;
  readonly help: string;
  readonly line: number | null;
  readonly fields: readonly FormField[];
  readonly table: FormTable | null;
};

/** A file as a form. `problem`: why there is none though its kind has one. */
export type Form = {
  readonly sections: readonly FormSection[];
  readonly problem: { readonly message: string; readonly line: number | null } | null;
};

/** A file by its kind and its path below the root. */
export type FormFile = { readonly kind: AgentFileKind; readonly path: string };

/** What fields can choose from. `files`: names that a field of type `file` can give. */
export type FormAbout = {
  readonly agents: readonly string[];
  readonly models: readonly string[];
  readonly files: readonly string[];
};
