import type { TextEdit } from '../../../contract/drafts.ts';
import { fail, ok } from '../../result.ts';
import { pyRegExp, pyStrip } from '../text/python-text.ts';
import type { Bind, RowValues, Slot, SlotRow } from './bind.ts';
import { section } from './bind.ts';
import { specOf } from './define.ts';
import { partOfLine } from './define.ts';
import type { FieldDef } from './define.ts';
import type { FieldValue, FormAbout } from './form.ts';
import { gapBefore } from './header.ts';
import { finderSlot, withoutLines } from './lines-slots.ts';
import type { Finder } from './lines-slots.ts';
import { lineOf, sectionsOf } from './regions.ts';
import type { Region, Section } from './regions.ts';
import { switched } from './spec-model.ts';

/** A header or an address. */
const word = { pattern: ['[^\\s#\\p{Cc}][^\\s\\p{Cc}]*', 'is one word'] } as const;

const serveFields: readonly (FieldDef & { readonly title: string })[] = [
  {
    id: 'host',
    title: 'Bind Host',
    label: 'Address',
    help: 'The address at which the agent listens.',
    type: 'text',
    fallback: '127.0.0.1',
    rules: word,
  },
  {
    id: 'port',
    title: 'Bind Port',
    label: 'Port',
    help: 'The port at which the agent listens.',
    type: 'number',
    fallback: '8000',
    rules: { whole: true, min: 0, max: 65535 },
  },
  {
    id: 'identity_header',
    title: 'Identity Header',
    label: 'Header with the caller',
    help: 'The HTTP header in which the gate before the agent names the caller.',
    type: 'text',
    fallback: 'X-Goog-IAP-JWT-Assertion',
    rules: word,
  },
  {
    id: 'idempotency_header',
    title: 'Idempotency Header',
    label: 'Header against doubles',
    help: 'The HTTP header with a key; equal keys are answered once.',
    type: 'text',
    fallback: 'Idempotency-Key',
    rules: word,
  },
  {
    id: 'max_body_bytes',
    title: 'Max Body Bytes',
    label: 'Longest request',
    help: 'Bytes that a request may have.',
    type: 'number',
    fallback: '1048576',
    rules: { whole: true, min: 1 },
  },
];
const serveSwitches = [
  {
    id: 'allow_no_auth',
    title: 'Allow No Auth',
    label: 'Anyone may call',
    help: 'Requests without a caller are answered, too. It is on where its heading stands.',
    words: 'Requests without a caller are answered.',
  },
  {
    id: 'identity_is_perimeter_verified',
    title: 'Identity Is Perimeter Verified',
    label: 'The caller is checked before',
    help: 'Only where a gate before the agent sets the header itself. It is on where its heading stands.',
    words: 'The gate before the agent sets the header itself.',
  },
] as const;

/** `serve.md`: the text below a heading is the value, and some headings are switches. */
export const serve: Bind = (text, about) => {
  const all = sectionsOf(text, new RegExp(pyRegExp('^##\\s+(.+)$', 'mg')));
  const slots = serveFields.map((def) => finderSlot(text, def, bodyFinder(text, all, def.title), about));
  const switches = serveSwitches.map(({ title, words, id, label, help }) =>
    finderSlot(text, { id, label, help, type: 'bool', fallback: 'off' }, switched(text, title, words), about),
  );
  return {
    ok: true,
    sections: [
      section('serve', 'Answering over HTTP', 'How other programs reach the agent.', [...slots, ...switches]),
    ],
  };
};

function bodyFinder(text: string, all: readonly Section[], title: string): Finder {
  const named = all.filter((one) => one.title.toLowerCase() === title.toLowerCase());
  const found =
    named.findLast(({ body }) => pyStrip(text.slice(body.start, body.end)) !== '') ?? named.at(-1);
  const whole = found === undefined ? '' : text.slice(found.body.start, found.body.end);
  const value = pyStrip(whole);
  const start = found === undefined ? 0 : found.body.start + whole.indexOf(value);
  return {
    value: value === '' ? null : value,
    at: found === undefined || value === '' ? null : { start, end: start + value.length },
    set: (wanted) => {
      if (typeof wanted !== 'string') return null;
      if (found === undefined) {
        return [{ from: text.length, to: text.length, text: `${gapBefore(text)}## ${title}\n\n${wanted}\n` }];
      }
      if (value !== '') return [{ from: start, to: start + value.length, text: wanted }];
      const at = found.heading.end;
      return [{ from: at, to: at, text: `\n\n${wanted}${at === text.length ? '\n' : ''}` }];
    },
    unset: () => named.map(({ heading, body }) => ({ from: heading.start, to: body.end, text: '' })),
  };
}

const server: readonly FieldDef[] = [
  {
    id: 'name',
    label: 'Server',
    help: 'The name by which its tools are called: name__tool.',
    type: 'text',
    required: true,
    rules: partOfLine,
  },
  {
    id: 'command',
    label: 'Command',
    help: 'The program that is started.',
    type: 'text',
    required: true,
    rules: partOfLine,
  },
  {
    id: 'args',
    label: 'Arguments',
    help: 'What the program is started with, a line each. None may hold a comma.',
    type: 'lines',
    fallback: 'none',
    rules: { ...partOfLine, pattern: ['[^,]*', 'holds a comma, at which the runtime cuts'] },
  },
  {
    id: 'env',
    label: 'Variables',
    help: 'KEY=$VARIABLE, a line each. The value is taken from the environment; never write a secret here.',
    type: 'lines',
    fallback: 'none',
    rules: {
      pattern: [
        '[A-Za-z_][A-Za-z0-9_]*=(?:\\$\\{?[A-Za-z_][A-Za-z0-9_]*\\}?|\\(hidden.*)?',
        'is not of the form KEY=$VARIABLE',
      ],
    },
  },
  {
    id: 'transport',
    label: 'Transport',
    help: 'How the agent talks to it.',
    type: 'choice',
    options: [['stdio', 'stdio']],
    fallback: 'stdio',
  },
  {
    id: 'description',
    label: 'Description',
    help: 'What it is for.',
    type: 'text',
    fallback: 'none',
    rules: partOfLine,
  },
];

type McpLine = {
  readonly key: string;
  readonly value: Region;
  readonly line: Region;
  readonly text: string;
  /** the dash before the key, for which the runtime does not know it */
  readonly dash: Region | null;
};

/** `mcp.md`: a section for each server, with `key: value` lines (formats/atomic-agents.md §2.11). */
export const mcp: Bind = (text, about) => {
  const found = sectionsOf(text, /^[ \t]*## (.*)$/gm).filter(
    ({ title }) => title.toLowerCase() !== 'allowed commands',
  );
  const rows = found.map((one) => serverRow(text, one, about));
  const specs = server.map((def) => specOf(def, about));
  return {
    ok: true,
    sections: [
      section('servers', 'MCP servers', 'Programs whose tools the agent can use.', [], {
        rowName: 'server',
        specs,
        rows,
        moves: false,
        add: (values) => {
          const made = newServer(values);
          const end = text.length;
          return ok([{ from: end, to: end, text: `${gapBefore(text)}${made}` }]);
        },
        remove: (index) => {
          const one = found[index];
          if (one === undefined) return fail('not-found', 'There is no such server.', 'Look again.');
          return ok([cutSection(text, one)]);
        },
        move: () => fail('bad-request', 'Their order has no meaning.', 'Leave it as it is.'),
      }),
    ],
  };
};

/** A whole section; at the end of the text the blank line before it goes along. */
export function cutSection(text: string, { heading, body }: Section): TextEdit {
  if (body.end < text.length) return { from: heading.start, to: body.end, text: '' };
  const before = text.slice(0, heading.start);
  return { from: before.endsWith('\n\n') ? heading.start - 1 : heading.start, to: body.end, text: '' };
}

function newServer(values: RowValues): string {
  const lines = server.slice(1).flatMap(({ id }) => {
    const value = values[id] ?? null;
    return value === null ? [] : [`${id}: ${written(value)}`];
  });
  return `## ${String(values['name'])}\n${lines.join('\n')}\n`;
}

function written(value: string | boolean | readonly string[]): string {
  return Array.isArray(value) ? value.join(', ') : String(value);
}

function serverRow(text: string, one: Section, about: FormAbout): SlotRow {
  const lines = linesOf(text, one.body);
  const nameAt = one.heading.start + text.slice(one.heading.start, one.heading.end).lastIndexOf(one.title);
  const slots = server.map((def): Slot => {
    if (def.id === 'name') {
      return finderSlot(
        text,
        def,
        {
          value: one.title,
          at: { start: nameAt, end: nameAt + one.title.length },
          set: (value) => [{ from: nameAt, to: nameAt + one.title.length, text: String(value) }],
          unset: () => null,
        },
        about,
      );
    }
    const own = lines.filter(({ key }) => key === def.id);
    const slot = finderSlot(text, def, lineFinder(text, one, lines, own, def), about);
    if (own.length > 1) {
      return {
        ...slot,
        problem: null,
        locked: `${def.label} stands on several lines. Change it in the text.`,
      };
    }
    if (own[0] === undefined || own[0].dash === null) return slot;
    return {
      ...slot,
      problem: 'A dash stands before it, so the runtime does not read it. Setting it takes the dash away.',
    };
  });
  return { title: one.title, line: lineOf(text, one.heading.start), slots, locked: null };
}

function linesOf(text: string, { start, end }: Region): readonly McpLine[] {
  const lines: McpLine[] = [];
  let from = start;
  for (const row of text.slice(start, end).split('\n')) {
    const plain = pyStrip(row).replace(/^[-*]\s+/, '');
    const colon = plain.indexOf(':');
    if (colon !== -1 && !plain.startsWith('#')) {
      const at = from + row.indexOf(plain);
      const rest = plain.slice(colon + 1);
      const value = pyStrip(rest);
      const valueAt = at + colon + 1 + (value === '' ? rest.length : rest.indexOf(value));
      lines.push({
        key: pyStrip(plain.slice(0, colon)).toLowerCase(),
        value: { start: valueAt, end: valueAt + value.length },
        line: { start: from, end: from + row.length },
        text: value,
        dash: plain === pyStrip(row) ? null : { start: from + row.indexOf(pyStrip(row)), end: at },
      });
    }
    from += row.length + 1;
  }
  return lines;
}

function lineFinder(
  text: string,
  one: Section,
  lines: readonly McpLine[],
  own: readonly McpLine[],
  def: FieldDef,
): Finder {
  const [line] = own;
  const list = def.type === 'lines';
  const said = line?.text ?? '';
  const read = list
    ? said
        .split(',')
        .map(pyStrip)
        .filter((part) => part !== '')
    : said;
  const value: FieldValue = line === undefined || read.length === 0 ? null : read;
  return {
    value,
    at: line?.line ?? null,
    set: (wanted) => {
      const made = written(wanted);
      if (line !== undefined) {
        const gap = text.charAt(line.value.start - 1) === ':' ? ' ' : '';
        const edit = { from: line.value.start, to: line.value.end, text: gap + made };
        return line.dash === null ? [edit] : [{ from: line.dash.start, to: line.dash.end, text: '' }, edit];
      }
      const order = server.map(({ id }) => id);
      const rank = order.indexOf(def.id);
      const before = lines.findLast(({ key }) => order.includes(key) && order.indexOf(key) < rank);
      const at = before?.line.end ?? one.heading.end;
      return [{ from: at, to: at, text: `\n${def.id}: ${made}` }];
    },
    unset: () => own.map((each) => withoutLines(text, each.line)),
  };
}
