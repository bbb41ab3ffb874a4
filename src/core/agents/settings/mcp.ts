import type { FileFinding } from '../../../contract/agent-files.ts';
import { pyLines, pyStrip, universalNewlines } from '../text/python-text.ts';

/** What stands in place of a secret. */
export const HIDDEN = '(hidden)';

/** A server of `mcp.md`. Values of `env` that do not name a variable are never given: `hidden` says so. */
export type McpServer = {
  readonly name: string;
  readonly line: number;
  readonly command: string | null;
  readonly args: readonly string[];
  readonly env: readonly {
    readonly key: string;
    readonly value: string;
    readonly hidden: boolean;
    readonly line: number;
  }[];
  readonly transport: string;
  readonly description: string;
  /** whether the runtime makes a server of it, and why not */
  readonly loaded: boolean;
  readonly why: string | null;
};

export type McpSettings = {
  readonly servers: readonly McpServer[];
  readonly findings: readonly FileFinding[];
};

type Field = {
  readonly key: string;
  readonly value: string;
  readonly line: number;
  readonly bulleted: boolean;
};
const known = new Set(['command', 'args', 'env', 'transport', 'description']);

/**
 * Reads `mcp.md`: a section for each server (formats/atomic-agents.md §2.11). A document writes the keys as bullets; the
 * code takes only plain `key: value` lines and skips a server whose command stands in a bullet, and the code holds.
 */
export function parseMcp(source: string): McpSettings {
  const servers: McpServer[] = [];
  const findings: FileFinding[] = [];
  let name: string | null = null;
  let start = 0;
  let fields: Field[] = [];
  const flush = (): void => {
    if (name !== null && name.toLowerCase() !== 'allowed commands') {
      servers.push(serverOf(name, start, fields, findings));
    }
  };
  for (const [index, row] of pyLines(universalNewlines(source)).entries()) {
    const stripped = pyStrip(row);
    if (stripped.startsWith('## ')) {
      flush();
      name = pyStrip(stripped.slice(3));
      start = index + 1;
      fields = [];
    } else if (name !== null && !stripped.startsWith('#') && stripped.includes(':')) {
      const plain = stripped.replace(/^[-*]\s+/, '');
      const colon = plain.indexOf(':');
      const key = pyStrip(plain.slice(0, colon)).toLowerCase();
      const value = pyStrip(plain.slice(colon + 1));
      fields.push({ key, value, line: index + 1, bulleted: plain !== stripped });
    }
  }
  flush();
  return { servers, findings };
}

function serverOf(name: string, line: number, fields: readonly Field[], findings: FileFinding[]): McpServer {
  const tell = (severity: FileFinding['severity'], message: string, hint: string, at: number): void => {
    findings.push({ severity, message: `${name}: ${message}`, hint, line: at });
  };
  const first = (key: string): Field | undefined => fields.find((field) => field.key === key);
  const command = first('command');
  const env = fields.filter(({ key }) => key === 'env').flatMap((field) => envOf(field));
  for (const one of env.filter(({ hidden }) => hidden)) {
    tell(
      'error',
      `${one.key} holds a secret in clear.`,
      'Write KEY=$VARIABLE and set the variable.',
      one.line,
    );
  }
  for (const field of fields.filter(({ key }) => !known.has(key))) {
    const key = /^[a-z_ -]{1,40}$/.test(field.key) ? ` ${field.key}` : '';
    tell('notice', `the key${key} is not known and is left out.`, '', field.line);
  }
  const transport = first('transport')?.value ?? 'stdio';
  if (transport !== 'stdio')
    tell('error', `the transport ${transport} is not supported.`, 'Use stdio.', line);
  let why: string | null = null;
  if (command === undefined) why = 'it has no command';
  else if (command.bulleted) why = 'its command stands in a bullet, which the runtime does not read';
  if (why !== null) {
    tell(
      'error',
      `the runtime skips it: ${why}.`,
      'Write `command: …` on a line of its own, without a bullet.',
      line,
    );
  }
  return {
    name,
    line,
    command: command?.value ?? null,
    args: fields
      .filter(({ key }) => key === 'args')
      .flatMap(({ value }) => value.split(',').map(pyStrip))
      .filter((arg) => arg !== ''),
    env,
    transport,
    description: first('description')?.value ?? '',
    loaded: why === null,
    why,
  };
}

function envOf(field: Field): McpServer['env'] {
  return field.value
    .split(',')
    .map(pyStrip)
    .filter((pair) => pair.includes('='))
    .map((pair) => {
      const equals = pair.indexOf('=');
      const value = pyStrip(pair.slice(equals + 1));
      const hidden = value !== '' && !variable.test(value);
      return {
        key: pyStrip(pair.slice(0, equals)),
        value: hidden ? HIDDEN : value,
        hidden,
        line: field.line,
      };
    });
}

/** A value of `env` that names a variable, and holds nothing else. */
const variable = /^["'`]?\$\{?[A-Za-z_][A-Za-z0-9_]*\}?["'`]?$/;
/** However the key is written: in a bullet of any kind, in bold, as code. */
const envLine = /^([ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?[*_`]{0,3}env[*_`]{0,3}[ \t]*:[*_`]{0,3})(.*)$/i;
/** A pair below it: set in, or at any place where it can be no other key of the server. */
const pair =
  /^(?:[ \t]+(?:[-*+][ \t]+)?`?[A-Za-z_][A-Za-z0-9_]*[ \t]*[=:]|(?:[-*+][ \t]+)?`?[A-Za-z_][A-Za-z0-9_]*[ \t]*=)/;
/** Lines that may stand between such pairs. */
const between = /^\s*(?:#(?!#).*)?$/;

/**
 * The text of `mcp.md` with every value of `env` that does not begin with `$` given through `instead`: what is covered
 * when it leaves the folder. Lines and line ends stay.
 */
export function mapSecrets(text: string, instead: (secret: string) => string): string {
  let below = false;
  const cover = (value: string): string => {
    const [, before = '', plain = '', after = ''] = /^(\s*)(.*?)(\s*)$/s.exec(value) ?? [];
    if (plain === '' || variable.test(plain)) return value;
    return before + instead(plain) + after;
  };
  const pairs = (value: string): string =>
    value
      .split(',')
      .map((one) => {
        const at = one.search(/[=:]/);
        if (at !== -1) return one.slice(0, at + 1) + cover(one.slice(at + 1));
        return cover(one);
      })
      .join(',');
  return text
    .split(/(\r\n|[\n\r\v\f\x85\u2028\u2029])/)
    .map((part, i) => {
      if (i % 2 === 1) return part;
      const env = envLine.exec(part);
      if (env !== null) {
        below = true;
        return env[1]! + pairs(env[2]!);
      }
      if (below && pair.test(part)) {
        const at = part.search(/[=:]/);
        return part.slice(0, at + 1) + pairs(part.slice(at + 1));
      }
      below &&= between.test(part);
      return part;
    })
    .join('');
}
