import { go } from 'fuzzysort';
import { GROUPS, type Command, type CommandGroup } from '../../app/commands.ts';

/** What the palette looks for: everything, `>` actions only, `@` branches, tags and agents only, `#` a hash. */
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

type Scored = { readonly match: Match; readonly score: number };

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
  const lower = text.toLowerCase();
  const first = lower.split(/\s/)[0] ?? '';
  const asTyped: Scored[] = [];
  const scattered: Command[] = [];
  const answers: Match[] = [];
  for (const command of commands) {
    const at = command.label.toLowerCase().indexOf(lower);
    if (command.answer === true) answers.push({ command, marks: lettersOf(command.label, text) });
    else if (at < 0) scattered.push(command);
    else {
      const place = at === 0 || /[^\p{L}\p{N}]/u.test(command.label[at - 1] ?? '') ? 1 : 0.8;
      const match = { command, marks: lettersOf(command.label, text) };
      asTyped.push({ match, score: place * weight(command, first, recent) });
    }
  }
  const found = go(text, scattered, {
    key: 'label',
    limit: 0,
    threshold: LEAST_SCORE,
    scoreFn: (result) => result.score * weight(result.obj, first, recent),
  });
  const least = asTyped.length > 0 ? 0.5 : (found[0]?.score ?? 0) * LEAST_PART;
  return [
    ...asTyped.toSorted((a, b) => b.score - a.score).map(({ match }) => match),
    ...found
      .filter(({ score }) => score >= least)
      .map(({ obj, indexes }) => ({ command: obj, marks: new Set(indexes) })),
    ...answers,
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
  const whole = lower.includes(text.toLowerCase()) ? [text.toLowerCase()] : text.toLowerCase().split(/\s+/);
  for (const word of whole.filter(Boolean)) {
    const from = lower.indexOf(word);
    if (from < 0) continue;
    for (let at = 0; at < word.length; at += 1) marks.add(from + at);
  }
  return marks;
}

function isWanted(group: CommandGroup, mode: PaletteQuery['mode']): boolean {
  if (mode === 'actions') return group === 'Actions';
  if (mode === 'refs') return group === 'Agents' || group === 'Branches' || group === 'Tags and checkpoints';
  return mode === 'all' || group === 'Calls';
}
