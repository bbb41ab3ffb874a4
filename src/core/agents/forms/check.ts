import { pyLength, pyWords } from '../text/python-text.ts';
import { isDay } from '../../yaml/yaml-scalar.ts';
import type { FieldSpec, FieldValue } from './form.ts';

/** Numbers as people write them; YAML would read a leading zero as octal, and `1e3` as a text. */
const number = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/;
const moment = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2})?(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})?)?$/;

/** What is wrong with a value for a field, in words; null: nothing. */
export function checkField(spec: FieldSpec, value: FieldValue): string | null {
  if (value === null) return spec.required ? `${spec.label} is needed.` : null;
  if (spec.type === 'bool') return typeof value === 'boolean' ? null : `${spec.label} is either on or off.`;
  if (typeof value === 'boolean') return `${spec.label} is a text.`;
  if (spec.type === 'lines') {
    if (typeof value === 'string') return `${spec.label} is a list.`;
    return checkLines(spec, value);
  }
  if (typeof value !== 'string') return `${spec.label} is one value.`;
  return checkText(spec, value);
}

function checkLines(spec: FieldSpec, lines: readonly string[]): string | null {
  const { rules, label } = spec;
  if (lines.length === 0 && (spec.required || rules.notEmpty === true))
    return `${label} needs at least one line.`;
  for (const line of lines) {
    if (line.trim() === '') return `${label} holds an empty line.`;
    if (/[\r\n]/.test(line)) return `${label} holds a line break within a line.`;
    if (rules.item === 'number') {
      const wrong = checkNumber(spec, line);
      if (wrong !== null) return wrong;
    }
    const wrong = rules.item === 'number' ? null : checkPattern(spec, line);
    if (wrong !== null) return wrong;
  }
  return null;
}

function checkText(spec: FieldSpec, value: string): string | null {
  const { rules, label, type } = spec;
  if (type !== 'multiline' && /[\r\n]/.test(value)) return `${label} is one line.`;
  if (!value.isWellFormed()) return `${label} holds half of a character.`;
  if (value.trim() === '' && (spec.required || type !== 'text')) {
    return spec.required ? `${label} is needed.` : `${label} is empty. Leave it out instead.`;
  }
  switch (type) {
    case 'number':
    case 'money':
      return checkNumber(spec, value);
    case 'date': {
      const day = value.slice(0, 10);
      if (isDay(day) && (value === day || moment.test(value))) return null;
      return `${label} is a day of the form YYYY-MM-DD.`;
    }
    case 'choice':
    case 'agent':
      if (!spec.open && !spec.options.some((one) => one.value === value)) {
        return `${label} is “${value}”, none of ${spec.options.map((one) => one.value).join(', ') || 'those that are there'}.`;
      }
      break;
  }
  if (rules.maxLength !== undefined && pyLength(value) > rules.maxLength) {
    return `${label} has ${pyLength(value)} characters; ${rules.maxLength} are allowed.`;
  }
  if (rules.maxWords !== undefined && pyWords(value).length > rules.maxWords) {
    return `${label} has ${pyWords(value).length} words; ${rules.maxWords} are allowed.`;
  }
  return checkPattern(spec, value);
}

function checkPattern({ rules, label }: FieldSpec, value: string): string | null {
  const { pattern, not } = rules;
  if (pattern !== undefined && !new RegExp(`^(?:${pattern[0]})$`, 'u').test(value))
    return `${label} ${pattern[1]}.`;
  if (not !== undefined && new RegExp(not[0], 'u').test(value)) return `${label} ${not[1]}.`;
  return null;
}

function checkNumber({ rules, label }: FieldSpec, value: string): string | null {
  if (!number.test(value))
    return `${label} is a plain number such as ${rules.whole === true ? '12' : '0.50'}.`;
  const read = Number(value);
  if (rules.whole === true && value.includes('.')) return `${label} is a whole number.`;
  if (rules.min !== undefined && read < rules.min) return `${label} is below ${rules.min}.`;
  if (rules.max !== undefined && read > rules.max) return `${label} is above ${rules.max}.`;
  if (rules.above !== undefined && read <= rules.above) return `${label} must be above ${rules.above}.`;
  return null;
}

/** Whether a text is a number as a field takes it. */
export function isNumber(text: string): boolean {
  return number.test(text);
}
