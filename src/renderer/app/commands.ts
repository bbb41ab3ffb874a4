import type { LucideIcon } from 'lucide-react';
import { useEffect, useRef } from 'react';

/** The parts of the palette, in the order in which they stand. */
export const GROUPS = [
  'Actions',
  'Agents',
  'Branches',
  'Tags and checkpoints',
  'Files',
  'Runs',
  'Calls',
  'Folders',
] as const;
export type CommandGroup = (typeof GROUPS)[number];

/** One entry of the command palette. */
export type Command = {
  readonly id: string;
  readonly group: CommandGroup;
  readonly label: string;
  /** after the label, such as the hash or the counts */
  readonly detail?: string;
  readonly icon?: LucideIcon;
  /** the lane colour, 1 to 8, in place of an icon */
  readonly lane?: number;
  readonly keys?: string;
  /** why it can't be done now, in words */
  readonly blocked?: string | null;
  readonly run: () => void;
  /** the same in a new tab, for what can stand in one */
  readonly runInTab?: () => void;
  /** true: an answer to the query as it is, so it is listed whatever its label says */
  readonly answer?: boolean;
  /** true: made from a key of a view; stands after what says the same in full */
  readonly keyOnly?: boolean;
};

/** Gives the commands of a part of the window for a query; they are filtered by their label afterwards. */
export type CommandSource = (query: string) => readonly Command[];

const sources = new Set<CommandSource>();

/** Adds commands to the palette until the returned function is called. */
export function registerCommands(source: CommandSource): () => void {
  sources.add(source);
  return () => sources.delete(source);
}

/** Adds commands to the palette while the component is mounted. */
export function useCommands(source: CommandSource): void {
  const latest = useRef(source);
  useEffect(() => {
    latest.current = source;
  });
  useEffect(() => registerCommands((query) => latest.current(query)), []);
}

/** Every command for a query, in the order of registration. */
export const listCommands = (query: string): readonly Command[] =>
  [...sources].flatMap((source) => source(query));
