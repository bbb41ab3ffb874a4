import type { DocumentRule, RuleReason, ToolRule } from '../../../../contract/merge.ts';
import { formatCount, formatCounted } from '../../../ui/format.ts';

/** What counts as one document, as it stands in the table. `fields` are shown in the font of code, after the words. */
export type RuleWords = { readonly words: string; readonly fields: readonly string[] };

/** The words of a rule: `input field /path`, `every call is its own document`. */
export function ruleWords(rule: DocumentRule): RuleWords {
  switch (rule.by) {
    case 'call':
      return { words: 'every call is its own document', fields: [] };
    case 'tool':
      return { words: 'the tool is one document', fields: [] };
    case 'input':
      return { words: 'every input is its own document', fields: [] };
    case 'fields':
      return {
        words: rule.pointers.length === 1 ? 'input field' : 'input fields',
        fields: rule.pointers.map(pointerWords),
      };
    default:
      return rule satisfies never;
  }
}

/** A JSON pointer for reading; the empty one is the whole input. */
const pointerWords = (pointer: string): string => (pointer === '' ? 'whole input' : pointer);

/** The whole in one line, for names of controls. */
export function ruleText(rule: DocumentRule): string {
  const { words, fields } = ruleWords(rule);
  return [words, fields.join(' + ')].filter(Boolean).join(' ');
}

/** How a rule was found. */
export function reasonWords(reason: RuleReason): string {
  switch (reason) {
    case 'naming':
      return 'found by the name of the field';
    case 'same-input':
      return 'found because both sides used the same input';
    case 'equal-fields':
      return 'found because the last calls agree there';
    case 'assumed':
      return 'assumed: nothing tells which calls belong together';
    case 'chosen':
      return 'chosen by you for this repository';
    default:
      return reason satisfies never;
  }
}

/** `6 documents, 2 in conflict`. */
export function documentsWords({ documents, conflicts }: ToolRule): string {
  const inConflict = conflicts === 0 ? 'no conflict' : `${formatCount(conflicts)} in conflict`;
  return `${formatCounted(documents, 'document')}, ${inConflict}`;
}

/** Both rules make the same documents. */
export const sameRule = (a: DocumentRule, b: DocumentRule): boolean => ruleText(a) === ruleText(b);

/**
 * The rule after a field was switched on or off. The order is that of `candidates`, so that the same fields are the
 * same rule. null: without this field none would be left.
 */
export function withField(
  rule: DocumentRule,
  pointer: string,
  on: boolean,
  candidates: readonly string[],
): DocumentRule | null {
  const before = rule.by === 'fields' ? rule.pointers : [];
  const wanted = new Set(on ? [...before, pointer] : before.filter((other) => other !== pointer));
  const known = candidates.filter((candidate) => wanted.has(candidate));
  const pointers = [...known, ...[...wanted].filter((other) => !candidates.includes(other))].slice(
    0,
    MOST_FIELDS,
  );
  return pointers.length === 0 ? null : { by: 'fields', pointers };
}

/** The most fields a rule can name (`documentRuleSchema`). */
export const MOST_FIELDS = 8;
