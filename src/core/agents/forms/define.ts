import type { FieldOption, FieldRules, FieldSpec, FieldType, FormAbout } from './form.ts';
import type { YamlPath } from './yaml-tree.ts';

/** A field as the specs describe it. `at`: its keys, below those of its section or row. */
export type FieldDef = {
  readonly id: string;
  readonly label: string;
  readonly help: string;
  readonly type: FieldType;
  readonly at?: YamlPath;
  readonly options?: readonly (string | readonly [value: string, label: string, help?: string])[];
  readonly open?: boolean;
  readonly required?: boolean;
  readonly fallback?: string;
  readonly rules?: FieldRules;
  /** a list is written in brackets where it is new */
  readonly flow?: boolean;
  /** without a value the key stays with `null`, as the format's own templates have it */
  readonly nullable?: boolean;
  /** written without quotes whatever YAML makes of it, as `yes` */
  readonly bare?: boolean;
  /** the runtime takes a text only, no number or date */
  readonly strict?: boolean;
};

/** A text that is a part of a line, around which Python takes blanks away. */
export const partOfLine: FieldRules = {
  not: [
    '^[\\s\\x1c-\\x1f\\x85]|[\\s\\x1c-\\x1f\\x85]$|[\\v\\f\\x1c-\\x1e\\x85\\u2028\\u2029]',
    'begins or ends with a blank, or holds a sign that ends a line',
  ],
};

/** The keys of a field below those of its section. */
export function keysOf(def: FieldDef): YamlPath {
  return def.at ?? [def.id];
}

/** A field as the window gets it, with what it can choose from. */
export function specOf(def: FieldDef, about: FormAbout): FieldSpec {
  return {
    id: def.id,
    label: def.label,
    help: def.help,
    type: def.type,
    options: optionsOf(def, about),
    open: def.open ?? (def.type !== 'choice' && def.type !== 'agent'),
    required: def.required ?? false,
    fallback: def.fallback ?? null,
    rules: def.rules ?? {},
  };
}

function optionsOf(def: FieldDef, about: FormAbout): readonly FieldOption[] {
  const given = (def.options ?? []).map((one): FieldOption =>
    typeof one === 'string' ? option(one) : { value: one[0], label: one[1], help: one[2] ?? '' },
  );
  switch (def.type) {
    case 'model':
      return [...given, ...about.models.map(option)];
    case 'agent':
      return [...given, ...about.agents.map(option)];
    case 'file':
      return [...given, ...about.files.map(option)];
    default:
      return given;
  }
}

function option(value: string): FieldOption {
  return { value, label: value, help: '' };
}
