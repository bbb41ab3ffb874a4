import type { Ignore } from '../../../../contract/compare.ts';

export const NOTHING_IGNORED: Ignore = { times: false, ids: false, fields: [] };

/** The most fields that can be ignored by name, and the longest name; the engine takes no more. */
export const MOST_FIELDS = 64;
export const LONGEST_FIELD = 200;

/** Whether two sets of rules ignore the same. */
export const sameRules = (a: Ignore, b: Ignore): boolean =>
  a.times === b.times && a.ids === b.ids && a.fields.toSorted().join('\n') === b.fields.toSorted().join('\n');

/** The rules with one more field; the same rules where it is no name, or one too many. */
export function withField(rules: Ignore, name: string): Ignore {
  if (name === '' || name.length > LONGEST_FIELD || rules.fields.includes(name)) return rules;
  return rules.fields.length >= MOST_FIELDS ? rules : { ...rules, fields: [...rules.fields, name] };
}

export const withoutField = (rules: Ignore, name: string): Ignore => ({
  ...rules,
  fields: rules.fields.filter((field) => field !== name),
});

/** The rules on a button: `Ignore`, `times ignored`, `3 rules`. */
export function rulesWords({ times, ids, fields }: Ignore): string {
  const parts = [...(times ? ['times'] : []), ...(ids ? ['ids'] : []), ...fields];
  if (parts.length === 0) return 'Ignore…';
  if (parts.length <= 2 && parts.join('').length <= 24) return `Ignoring ${parts.join(' and ')}`;
  return `Ignoring ${parts.length} kinds of fields`;
}
