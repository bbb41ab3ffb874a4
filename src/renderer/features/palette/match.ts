import { go } from 'fuzzysort';
import { GROUPS, type Command, type CommandGroup } from '../../app/commands.ts';

/** What the palette looks for: everything, `>` actions only, `@` branches and tags only, `#` a hash. */
export type PaletteQuery = {
  readonly mode: 'all' | 'actions' | 'refs' | 'hash';
  readonly text: string;
};

const MARKS = { '>': 'actions', '@': 'refs', '#': 'hash' } as const;

export function readQuery(input: string): PaletteQuery {
  const text = input.trim();
  const mark = text[0];
  if (mark === '>' || mark === '@' || mark === '#') {
    return { mode: MARKS[mark], text: text.slice(1).trim() };
  }
  return { mode: 'all', text };
}

/** A text that can be the beginning of a hash; four digits at least, unless `#` stands before it. */
export function hashPrefix(query: PaletteQuery): string | null {
  if (query.mode === 'actions' || query.mode === 'refs') return null;
  const least = query.mode === 'hash' ? 1 : 4;
  return new RegExp(`^[0-9a-f]{${least},64}$`, 'i').test(query.text) ? query.text.toLowerCase() : null;
}

/** How many entries of a group are listed; the last line says how many more there are. */
export const MAX_PER_GROUP = 8;
/** The score below which letters that are only scattered over a label do not count as found. */
const LEAST_SCORE = 0.25;
/** Beside a good match, one that is worse than this part of it is noise. */
const LEAST_PART = 0.5;

/** A command with the places of its label's letters that were typed. */
export type Match = { readonly command: Command; readonly marks: ReadonlySet<number> };

export type PaletteGroup = {
  readonly name: CommandGroup;
  readonly matches: readonly Match[];
  /** entries that match and are not listed */
  readonly more: number;
};

/**
 * The commands that fit a query, in groups, best first; what was run lately comes before its equals. `recent` holds
 * ids, latest first.
 */
export function matchCommands(
  commands: readonly Command[],
  query: PaletteQuery,
  recent: readonly string[] = [],
): readonly PaletteGroup[] {
  const wanted = commands.filter((command) => isWanted(command.group, query.mode));
  const found = query.text === '' ? inOrder(wanted, recent) : byScore(wanted, query.text, recent);
  return GROUPS.flatMap((name) => {
    const matches = found.filter(({ command }) => command.group === name);
    if (matches.length === 0) return [];
    const more = Math.max(0, matches.length - MAX_PER_GROUP);
    return [{ name, matches: matches.slice(0, MAX_PER_GROUP), more }];
  });
}

const NO_MARKS: ReadonlySet<number> = new Set();

function inOrder(commands: readonly Command[], recent: readonly string[]): readonly Match[] {
  const place = (command: Command) => {
    const at = recent.indexOf(command.id);
    if (typeof command.blocked === 'string') return recent.length + 1;
    return at < 0 ? recent.length : at;
  };
  return commands
    .map((command) => ({ command, marks: NO_MARKS }))
    .toSorted((a, b) => place(a.command) - place(b.command));
}

function byScore(commands: readonly Command[], text: string, recent: readonly string[]): readonly Match[] {
  const answers = commands.filter((command) => command.answer === true);
  const others = commands.filter((command) => command.answer !== true);
  const first = text.toLowerCase().split(/\s/)[0] ?? '';
  const found = go(text, others, {
    key: 'label',
    limit: 0,
    threshold: LEAST_SCORE,
    scoreFn: (result) => result.score * weight(result.obj, first, recent),
  });
  const least = (found[0]?.score ?? 0) * LEAST_PART;
  const good = found.filter(({ score }) => score >= least);
  return [
    ...good.map(({ obj, indexes }) => ({ command: obj, marks: new Set(indexes) })),
    ...answers.map((command) => ({ command, marks: lettersOf(command.label, text) })),
  ];
}

function weight(command: Command, first: string, recent: readonly string[]): number {
  if (typeof command.blocked === 'string') return 0.8;
  const lately = recent.indexOf(command.id);
  const begins = command.label.toLowerCase().startsWith(first) ? 1.2 : 1;
  return begins * (lately < 0 ? 0.95 : 1 - 0.002 * lately) * (command.keyOnly === true ? 0.97 : 1);
}

/** Where the words of the query stand in a label as they are. */
function lettersOf(label: string, text: string): ReadonlySet<number> {
  const lower = label.toLowerCase();
  const marks = new Set<number>();
  for (const word of text.toLowerCase().split(/\s+/).filter(Boolean)) {
    const from = lower.indexOf(word);
    if (from < 0) continue;
    for (let at = 0; at < word.length; at += 1) marks.add(from + at);
  }
  return marks;
}

function isWanted(group: CommandGroup, mode: PaletteQuery['mode']): boolean {
  if (mode === 'actions') return group === 'Actions';
  if (mode === 'refs') return group === 'Branches' || group === 'Tags and checkpoints';
  return mode === 'all' || group === 'Calls';
}
