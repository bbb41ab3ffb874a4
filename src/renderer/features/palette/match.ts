import type { Command } from '../../app/commands.ts';

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

export type PaletteGroup = {
  readonly name: Command['group'];
  readonly commands: readonly Command[];
  /** entries that match and are not listed */
  readonly more: number;
};

/** The commands that hold every word of the query in their label, in groups; a label that begins with it is first. */
export function matchCommands(commands: readonly Command[], query: PaletteQuery): readonly PaletteGroup[] {
  const words = query.text.toLowerCase().split(/\s+/).filter(Boolean);
  const order: readonly Command['group'][] = ['Actions', 'Branches', 'Tags and checkpoints', 'Calls'];
  const wanted = commands.filter((command) => isWanted(command, query.mode) && fits(command, words));
  return order.flatMap((name) => {
    const group = wanted.filter((command) => command.group === name);
    if (group.length === 0) return [];
    const sorted = words.length === 0 ? group : group.toSorted((a, b) => rank(a, words) - rank(b, words));
    return [
      {
        name,
        commands: sorted.slice(0, MAX_PER_GROUP),
        more: Math.max(0, sorted.length - MAX_PER_GROUP),
      },
    ];
  });
}

function isWanted(command: Command, mode: PaletteQuery['mode']): boolean {
  if (mode === 'actions') return command.group === 'Actions';
  if (mode === 'refs') return command.group === 'Branches' || command.group === 'Tags and checkpoints';
  return mode === 'all' || command.group === 'Calls';
}

const fits = (command: Command, words: readonly string[]): boolean => {
  if (command.group === 'Calls') return true;
  const label = command.label.toLowerCase();
  return words.every((word) => label.includes(word));
};

const rank = (command: Command, words: readonly string[]): number => {
  if (typeof command.blocked === 'string') return 3;
  const label = command.label.toLowerCase();
  const first = words[0] ?? '';
  if (label.startsWith(first)) return 0;
  return label.includes(` ${first}`) ? 1 : 2;
};
