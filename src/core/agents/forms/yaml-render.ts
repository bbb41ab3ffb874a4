import { plainValue } from '../../yaml/yaml-scalar.ts';
import type { YamlValue } from '../../yaml/yaml-value.ts';

/** A value to be written. `plain` is how a scalar is written without quotes. */
export type Wanted = WantedScalar | WantedList | WantedMap;
export type WantedScalar = { readonly kind: 'scalar'; readonly value: YamlValue; readonly plain: string };
/** `flow`: in brackets, where nothing else asks for the other form. */
export type WantedList = { readonly kind: 'list'; readonly items: readonly Wanted[]; readonly flow: boolean };
export type WantedMap = { readonly kind: 'map'; readonly entries: readonly (readonly [string, Wanted])[] };

export function wantedText(text: string): WantedScalar {
  return { kind: 'scalar', value: text, plain: text };
}

/** The value that a written one is read as. */
export function valueOf(wanted: Wanted): YamlValue {
  switch (wanted.kind) {
    case 'scalar':
      return wanted.value;
    case 'list':
      return wanted.items.map(valueOf);
    case 'map':
      return new Map(wanted.entries.map(([key, value]) => [key, valueOf(value)] as const));
  }
}

/** How a scalar stood before, or `safe`: in double quotes with everything unusual escaped. */
export type Style = 'PLAIN' | 'QUOTE_SINGLE' | 'QUOTE_DOUBLE' | 'safe';

const notFirst = /^[-?:,[\]{}#&*!|>'"%@`\s=]/;
const notInside = /: |:$| #|[\p{Cc}\u2028\u2029\ufeff]|\s$/u;
const notInFlow = /[,[\]{}:]/;

/** Whether PyYAML reads an unquoted text as this very text. */
function isPlain(text: string, flow: boolean): boolean {
  if (text === '' || notFirst.test(text) || notInside.test(text) || text.startsWith('...')) return false;
  return plainValue(text) === text && !(flow && notInFlow.test(text));
}

/** A scalar on one line. */
export function inline(wanted: WantedScalar, style: Style, flow: boolean): string {
  const { value, plain } = wanted;
  if (typeof value !== 'string') return plain;
  if (style === 'PLAIN' && isPlain(value, flow)) return value;
  if (style === 'safe') return doubleQuoted(value, true);
  const single = !/[\p{Cc}\u2028\u2029\ufeff]/u.test(value);
  if (style === 'QUOTE_SINGLE' && single) return singleQuoted(value);
  if (style === 'PLAIN' && single && /["\\]/.test(value)) return singleQuoted(value);
  return doubleQuoted(value, false);
}

function singleQuoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

const short: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '"': '\\"',
  '\n': '\\n',
  '\t': '\\t',
  '\r': '\\r',
};

function doubleQuoted(text: string, safe: boolean): string {
  let out = '';
  for (const c of text) {
    const code = c.codePointAt(0)!;
    const named = short[c];
    if (named !== undefined) out += named;
    else if (code < 0x20 || (code >= 0x7f && code <= 0xa0) || (safe && c === '`')) out += hex('x', code, 2);
    else if (code === 0x2028 || code === 0x2029 || code === 0xfeff || (code >= 0xfffe && code <= 0xffff))
      out += hex('u', code, 4);
    else out += c;
  }
  return `"${out}"`;
}

function hex(letter: string, code: number, digits: number): string {
  return `\\${letter}${code.toString(16).toUpperCase().padStart(digits, '0')}`;
}

/** A text of several lines below its key, or null where that form could not hold it. `indent`: of its lines. */
export function literal(text: string, indent: string, oneLine = false): string | null {
  const body = text.replace(/\n$/, '');
  if (!(oneLine || body.includes('\n')) || /[^\P{Cc}\n]|[\u2028\u2029\ufeff]/u.test(text)) return null;
  if (/^[\s]|\s$/.test(body)) return null;
  const lines = body.split('\n').map((line) => (line === '' ? '' : indent + line));
  return [text.endsWith('\n') ? '|' : '|-', ...lines].join('\n');
}

/** Characters of a line of a folded text. */
const width = 88;

/** A text folded below its key as it was before: lines at its beginning that still fit stay. */
export function folded(text: string, indent: string, before: string): string | null {
  const body = text.replace(/\n$/, '');
  if (body === '' || /[\p{Cc}\u2028\u2029\ufeff]|^\s|\s$|\s\s/u.test(body)) return null;
  const lines: string[] = [];
  let rest = body;
  for (const line of before.split('\n').slice(1)) {
    const kept = line.trim();
    if (kept === '' || !rest.startsWith(`${kept} `)) break;
    lines.push(kept);
    rest = rest.slice(kept.length + 1);
  }
  let last = '';
  for (const word of rest.split(' ')) {
    if (last !== '' && indent.length + last.length + 1 + word.length > width) {
      lines.push(last);
      last = word;
    } else last = last === '' ? word : `${last} ${word}`;
  }
  lines.push(last);
  return [text.endsWith('\n') ? '>' : '>-', ...lines.map((line) => indent + line)].join('\n');
}
