import type { YamlDate, YamlValue } from './yaml-value.ts';

const bool = /^(?:yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$/;
const float =
  /^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
const int =
  /^(?:[-+]?0b[01_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+)$/;
const nil = /^(?:~|null|Null|NULL|)$/;
const plainDate = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/;
const time =
  /^([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:(?:[Tt]|[ \t]+)([0-9]{1,2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]*))?(?:[ \t]*(?:(Z)|([-+])([0-9]{1,2})(?::([0-9]{2}))?))?)?$/;

/** A scalar that could not be made, as Python would refuse it. */
export type BadScalar = {
  readonly problem: string;
  /** Python raises no error of YAML, but one that its callers do not catch */ readonly crash?: true;
};

/** The value of an unquoted scalar, by the rules of YAML 1.1 as PyYAML applies them. */
export function plainValue(text: string): YamlValue | BadScalar {
  if (nil.test(text)) return null;
  if (bool.test(text)) return boolValue(text);
  if (int.test(text)) return intValue(text);
  if (float.test(text)) return floatValue(text);
  if (plainDate.test(text) || (time.test(text) && text.includes(':'))) return dateValue(text);
  if (text === '=' || text === '<<') return { problem: `A lone ${text} has no meaning here` };
  return text;
}

/** The value of a scalar with an explicit tag, such as `!!str 5`. */
export function taggedValue(tag: string, text: string): YamlValue | BadScalar {
  switch (tag.replace('tag:yaml.org,2002:', '')) {
    case 'str':
    case '!':
      return text;
    case 'null':
      return null;
    case 'bool':
      return bool.test(text) ? boolValue(text) : { problem: `${text} is neither yes nor no`, crash: true };
    case 'int':
      return intValue(text);
    case 'float':
      return floatValue(text);
    case 'timestamp':
      return dateValue(text);
    default:
      return { problem: `The tag ${tag} is not one that is read safely` };
  }
}

function boolValue(text: string): boolean {
  return ['yes', 'true', 'on'].includes(text.toLowerCase());
}

function intValue(source: string): bigint | BadScalar {
  const text = source.replaceAll('_', '');
  const sign = text.startsWith('-') ? -1n : 1n;
  const digits = text.replace(/^[-+]/, '');
  try {
    if (digits.includes(':')) {
      return sign * digits.split(':').reduce((sum, part) => sum * 60n + BigInt(part), 0n);
    }
    if (/^0[0-7]+$/.test(digits)) return sign * BigInt(`0o${digits.slice(1)}`);
    if (!/^(?:0|[1-9][0-9]*|0b[01]+|0x[0-9a-fA-F]+)$/.test(digits)) throw new SyntaxError(digits);
    return sign * BigInt(digits);
  } catch {
    return { problem: `${source} is no whole number`, crash: true };
  }
}

function floatValue(source: string): number | BadScalar {
  const text = source.replaceAll('_', '').toLowerCase();
  const sign = text.startsWith('-') ? -1 : 1;
  const digits = text.replace(/^[-+]/, '');
  if (digits === '.inf') return sign * Infinity;
  if (digits === '.nan') return NaN;
  if (digits.includes(':')) return sign * digits.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
  const value = digits === '' || digits === '.' ? NaN : Number(digits);
  return Number.isNaN(value) ? { problem: `${source} is no number`, crash: true as const } : sign * value;
}

function dateValue(text: string): YamlDate | BadScalar {
  const found = time.exec(text);
  const problem: BadScalar = { problem: `${text} is no day of the calendar`, crash: true };
  if (found === null) return problem;
  const [, year = '', month = '', day = '', hour, minute = '', second = '', fraction = ''] = found;
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  if (year === '0000' || !isDay(date)) return problem;
  if (hour === undefined) return { kind: 'date', text: date, day: date };
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return problem;
  const micros = fraction.slice(0, 6).padEnd(6, '0');
  const clock = `${hour.padStart(2, '0')}:${minute}:${second}${Number(micros) === 0 ? '' : `.${micros}`}`;
  const zone = zoneText(found[8], found[9], found[10], found[11]);
  return { kind: 'datetime', text: `${date} ${clock}${zone}`, day: date };
}

function zoneText(z?: string, sign?: string, hour?: string, minute?: string): string {
  if (z !== undefined) return '+00:00';
  if (sign === undefined) return '';
  const text = `${(hour ?? '0').padStart(2, '0')}:${(minute ?? '00').padStart(2, '0')}`;
  return text === '00:00' ? '+00:00' : `${sign}${text}`;
}

/** Whether `YYYY-MM-DD` is a day of the calendar. */
export function isDay(text: string): boolean {
  if (!plainDate.test(text) || text.startsWith('0000')) return false;
  const [year = 0, month = 0, day = 0] = text.split('-').map(Number);
  if (month < 1 || month > 12 || day < 1) return false;
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  return day <= days[month - 1]!;
}
