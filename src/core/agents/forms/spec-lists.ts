import { pyRegExp, pyStrip, pyWords } from '../text/python-text.ts';
import type { Bind, SlotSection } from './bind.ts';
import { section } from './bind.ts';
import { bulletTable } from './bullets.ts';
import type { BulletForm, ListPlace } from './bullets.ts';
import { partOfLine } from './define.ts';
import type { FieldDef } from './define.ts';
import type { FormAbout } from './form.ts';
import { lineOf } from './regions.ts';

const comment = pyRegExp('\\s+(?:—|--|\\(|,)\\s*');
const note: FieldDef = {
  id: 'note',
  label: 'Remark',
  help: 'For people and for the model. It changes nothing.',
  type: 'text',
  fallback: 'none',
  rules: partOfLine,
};

/** A path, and what follows a dash, a comma or a bracket (formats/atomic-agents.md §2.2). */
const pathForm: BulletForm = {
  read: (item) => {
    const { head, tail } = cut(item);
    const path = pyStrip(head.replaceAll('`', ''));
    return path === '' ? null : { path, ...(tail === '' ? {} : { note: tail }) };
  },
  write: (item, id, value) => {
    const { head, between, tail, end } = cut(item);
    if (id === 'note') return withNote(item, head, between, end, value);
    if (value === null) return null;
    const ticks = item === '' || head.includes('`');
    const made = ticks ? `\`${value}\`` : value;
    return tail === '' && between === '' ? made : `${made}${between}${tail}${end}`;
  },
};

/** The parts of an item around its remark; one in brackets ends with its bracket. */
function cut(item: string): {
  readonly head: string;
  readonly between: string;
  readonly tail: string;
  readonly end: string;
} {
  comment.lastIndex = 0;
  // the runtime takes backticks away before it looks for the remark
  const found = comment.exec(item);
  if (found === null) return { head: item, between: '', tail: '', end: '' };
  const head = item.slice(0, found.index);
  const rest = item.slice(found.index + found[0].length);
  const closed = found[0].includes('(') && rest.endsWith(')') && !rest.includes('(');
  return { head, between: found[0], tail: closed ? rest.slice(0, -1) : rest, end: closed ? ')' : '' };
}

function withNote(
  item: string,
  head: string,
  between: string,
  end: string,
  value: string | null,
): string | null {
  if (value === null) return head;
  if (item === '') return null;
  return `${head}${separated(between, value, end)}`;
}

/** A remark behind the sign that stood there; brackets can't hold others. */
function separated(between: string, value: string, end: string): string {
  const dash = between === '' || (between.includes('(') && /[()]/.test(value));
  return dash ? ` — ${value}` : `${between}${value}${end}`;
}

/** The item as a whole. */
const textForm: BulletForm = {
  read: (item) => ({ text: item }),
  write: (_item, _id, value) => value,
};

/** `tool: class — remark`. A line that the runtime drops is shown all the same. */
const classForm: BulletForm = {
  read: (item) => {
    const colon = item.indexOf(':');
    if (colon === -1) return { tool: trimTicks(item) };
    const tool = trimTicks(pyStrip(item.slice(0, colon)));
    const { head, tail } = cut(item.slice(colon + 1));
    const value = trimTicks(pyStrip(head)).toLowerCase();
    return { tool, ...(value === '' ? {} : { class: value }), ...(tail === '' ? {} : { note: tail }) };
  },
  write: (item, id, value) => {
    const colon = item.indexOf(':');
    const first = colon === -1 ? item : item.slice(0, colon);
    const rest = colon === -1 ? '' : item.slice(colon + 1);
    const { head, between, tail, end } = cut(rest);
    const after = `${between}${tail}${end}`;
    switch (id) {
      case 'tool':
        if (value === null) return null;
        return `${inTicks(first, value)}:${rest === '' ? ' ' : rest}`;
      case 'class':
        if (value === null) return null;
        return `${first}:${inTicks(head.trim() === '' ? ' ' : head, value)}${after}`;
      default:
        return value === null ? `${first}:${head}` : `${first}:${head}${separated(between, value, end)}`;
    }
  },
};

function trimTicks(text: string): string {
  return text.replace(/^`+/, '').replace(/`+$/, '');
}

/** A word in place of another, with the blanks and backticks around it. */
function inTicks(before: string, value: string): string {
  const [, open = '', close = ''] = /^(\s*`*)[^]*?(`*\s*)$/.exec(before) ?? [];
  return `${open}${value}${close}`;
}

const path: FieldDef = {
  id: 'path',
  label: 'Path',
  help: 'A folder or file. ~ is the home folder.',
  type: 'text',
  required: true,
  rules: {
    not: [
      '`|\\s(?:—|--|\\(|,)|[,(]$|^\\s|\\s$',
      'holds a sign that the runtime cuts at: a backtick, or a blank with —, --, ( or a comma',
    ],
  },
};
const words: FieldDef = {
  id: 'text',
  label: 'Text',
  help: 'A sentence for the model.',
  type: 'text',
  required: true,
  rules: partOfLine,
};
const classes: readonly FieldDef[] = [
  {
    id: 'tool',
    label: 'Tool',
    help: 'The name of a tool. Those of an MCP server are called server__tool.',
    type: 'text',
    required: true,
    rules: { pattern: ['[^\\s:`#]+', 'is no name of a tool'] },
  },
  {
    id: 'class',
    label: 'Class',
    help: 'How much harm it can do. A tool without a class counts as one with effects outside.',
    type: 'choice',
    required: true,
    options: [
      ['read_only', 'Only reading'],
      ['reversible_write', 'Writing that can be undone'],
      ['external_side_effect', 'Effects outside'],
      ['high_risk', 'High risk'],
    ],
  },
  note,
];

type Part = ListPlace & { readonly id: string; readonly help: string; readonly shown: string };

const tools: readonly Part[] = [
  {
    id: 'read_paths',
    shown: 'Reads',
    title: 'Read paths',
    help: 'Folders and files that the agent may read.',
    heading: pyRegExp('^##\\s+Read paths?\\b', 'i'),
    rowName: 'path',
    form: pathForm,
    defs: [path, note],
  },
  {
    id: 'write_paths',
    shown: 'Writes',
    title: 'Write paths',
    help: 'Folders and files that the agent may write.',
    heading: pyRegExp('^##\\s+Write paths?\\b', 'i'),
    rowName: 'path',
    form: pathForm,
    defs: [path, note],
  },
  {
    id: 'read_only_paths',
    shown: 'Never writes',
    title: 'Read-only paths',
    help: 'May be read, and is never written, even below a path that may be.',
    heading: pyRegExp('^##\\s+Read[\\s-]only paths?\\b', 'i'),
    rowName: 'path',
    form: pathForm,
    defs: [path, note],
  },
  {
    id: 'external_apis',
    shown: 'Services outside',
    title: 'External APIs',
    help: 'What the model is told about services. The runtime itself does nothing with it.',
    heading: pyRegExp('^##\\s+External APIs?\\b', 'i'),
    rowName: 'service',
    form: textForm,
    defs: [words],
  },
  {
    id: 'hard_nos',
    shown: 'Never does',
    title: 'Hard NOs',
    help: 'What the model is told never to do.',
    heading: pyRegExp('^##\\s+Hard NOs?\\b', 'i'),
    rowName: 'rule',
    form: textForm,
    defs: [words],
  },
  {
    id: 'classes',
    shown: 'Classes of tools',
    title: 'Tool classification',
    help: 'By its class the judge decides about a tool.',
    heading: pyRegExp('^##\\s+Tool classifications?\\b', 'i'),
    rowName: 'tool',
    form: classForm,
    defs: classes,
  },
];

/** `tools.md` (formats/atomic-agents.md §2.2). */
export const toolsFile: Bind = (text, about) => ({
  ok: true,
  sections: tools.map((part) => listSection(text, part, about)),
});

function listSection(text: string, part: Part, about: FormAbout): SlotSection {
  const table = bulletTable(text, part, about);
  return section(
    part.id,
    part.shown,
    part.help,
    [],
    table,
    table.start === null ? null : lineOf(text, table.start),
  );
}

const ending = pyRegExp('\\s+(?:—|--|–|-\\s|\\(|,).*');

/** The first word of a bullet is a name (§2.10). */
const nameForm: BulletForm = {
  read: (item) => {
    const name = nameOf(item);
    if (name === '') return null;
    const rest = remark(item, name);
    return { agent: name, ...(rest === '' ? {} : { note: rest }) };
  },
  write: (item, id, value) => {
    const name = nameOf(item);
    if (id === 'agent') return value === null ? null : value + item.slice(name.length);
    if (item === '') return null;
    if (value === null) return name;
    const rest = remark(item, name);
    const made = item.slice(0, item.length - rest.length) + value;
    return rest === '' || remark(made, nameOf(made)) !== value ? `${name} — ${value}` : made;
  },
};

function nameOf(item: string): string {
  return (pyWords(pyStrip(item.replace(ending, '')))[0] ?? '').replace(/[,;:]+$/, '');
}

/** What follows the name and the sign behind it. */
function remark(item: string, name: string): string {
  return pyStrip(item.slice(name.length).replace(/^[,;:]*\s*(?:—|--|–|-|,)?\s*/, ''));
}

/** `roster.md` (§2.10). */
export const roster: Bind = (text, about) => ({
  ok: true,
  sections: [
    listSection(
      text,
      {
        id: 'delegate_to',
        shown: 'May hand work to',
        title: 'Delegate to',
        help: 'Other agents that this one may call. They cannot hand the work on.',
        heading: pyRegExp('^##\\s+Delegate\\s+to\\b', 'i'),
        rowName: 'agent',
        form: nameForm,
        defs: [
          {
            id: 'agent',
            label: 'Agent',
            help: 'The name of its folder.',
            type: 'agent',
            open: true,
            required: true,
            rules: { pattern: ['[^\\s,;:(#]+', 'is no name of an agent'] },
          },
          note,
        ],
      },
      about,
    ),
  ],
});
