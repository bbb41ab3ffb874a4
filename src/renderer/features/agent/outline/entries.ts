import type { AgentFile, AgentFileKind } from '../../../../contract/agent-files.ts';
import type { AssembledPrompt, PromptPiece } from '../../../../contract/prompt.ts';
import type { AgentPlace } from '../../../state/agents.ts';
import { formatCount } from '../../../ui/format.ts';
import { againstRules, fileItem, notLoaded } from '../pages.ts';

/** A row of the outline: a heading that folds, or a place to go to. */
export type OutlineRow =
  | {
      readonly kind: 'head';
      readonly key: string;
      readonly label: string;
      readonly note: string;
      readonly tone: 'plain' | 'warn' | 'bad';
      readonly open: boolean;
    }
  | {
      readonly kind: 'item';
      readonly key: string;
      readonly label: string;
      readonly icon: OutlineIcon;
      readonly place: AgentPlace;
      /** tokens of the part that is sent, and how much of the largest part that is, 0 to 1 */
      readonly weight: { readonly tokens: number; readonly of: number } | null;
      readonly note: string;
      /** why the agent does not load it, on a line of its own */
      readonly why: string | null;
      readonly tone: 'plain' | 'warn' | 'bad';
    };

export type OutlineIcon =
  | 'persona'
  | 'goal'
  | 'tools'
  | 'skills'
  | 'index'
  | 'wiki'
  | 'pin'
  | 'note'
  | 'journal'
  | 'model'
  | 'bad'
  | 'file';

type Section = {
  readonly id: string;
  readonly label: string;
  readonly groups: readonly PromptPiece['group'][];
  /** how many of the notes there can be */
  readonly most: number | null;
};

/** Notes of each kind that a prompt takes (§10). */
const MOST_NOTES = 5;

const SECTIONS: readonly Section[] = [
  {
    id: 'sent',
    label: 'Sent with every run',
    groups: ['cascade', 'persona', 'goal', 'tools', 'skills', 'memory-index', 'wiki-index'],
    most: null,
  },
  { id: 'pinned', label: 'Pinned notes', groups: ['pinned'], most: MOST_NOTES },
  { id: 'recent', label: 'Recent notes', groups: ['recent'], most: MOST_NOTES },
  { id: 'journal', label: 'Newest journal entry', groups: ['journal'], most: null },
];

const ICONS: Record<PromptPiece['group'], OutlineIcon> = {
  persona: 'persona',
  goal: 'goal',
  tools: 'tools',
  skills: 'skills',
  'memory-index': 'index',
  'wiki-index': 'wiki',
  pinned: 'pin',
  recent: 'note',
  journal: 'journal',
  cascade: 'file',
};

/** Settings and the like that are read and never sent: the person looks for them beside what is. */
const NOT_SENT: ReadonlySet<AgentFileKind> = new Set([
  'model',
  'roster',
  'mcp',
  'judges',
  'audits',
  'serve',
  'persona-link',
  'tool-definition',
]);

/** Rows of the outline up to the pages: in the order of the assembled prompt, then what is not in it. */
export function outlineRows(
  files: readonly AgentFile[],
  prompt: AssembledPrompt | null,
  folded: ReadonlySet<string>,
): readonly OutlineRow[] {
  const rows: OutlineRow[] = [];
  const section = (
    id: string,
    label: string,
    note: string,
    items: readonly OutlineRow[],
    tone: 'plain' | 'warn' | 'bad' = 'plain',
  ) => {
    if (items.length === 0) return;
    const open = !folded.has(id);
    rows.push({ kind: 'head', key: `head ${id}`, label, note, tone, open });
    if (open) rows.push(...items);
  };
  const pieces = prompt?.pieces ?? [];
  const largest = Math.max(1, ...pieces.map(({ tokens }) => tokens));
  for (const { id, label, groups, most } of SECTIONS) {
    const items = pieces
      .filter(({ group }) => groups.includes(group))
      .map((piece) => pieceRow(piece, largest));
    const count = most === null ? '' : `${Math.min(items.length, most)} of ${most}`;
    section(id, label, id === 'sent' ? 'tokens, est.' : count, items);
  }
  const missed = (prompt?.left ?? []).filter((left) => left.missed);
  const known = new Set([...missed.map(({ path }) => path), ...pieces.map(({ path }) => path)]);
  const settings = files.filter(
    ({ kind, path, loaded, why }) => NOT_SENT.has(kind) && !known.has(path) && (loaded || why === null),
  );
  section('left', 'Not sent', '', [
    ...missed.map(({ path, title }): OutlineRow =>
      plainRow(`left ${path}`, title, path, 'note', { note: 'just missed' }),
    ),
    ...settings.map(({ path, name, kind }) =>
      plainRow(`left ${path}`, name, path, kind === 'model' ? 'model' : 'file'),
    ),
  ]);
  const bad = notLoaded(files);
  section(
    'bad',
    'Not loaded by the agent',
    formatCount(bad.length),
    bad.map(({ path, name, why }) => plainRow(`bad ${path}`, name, path, 'bad', { why, tone: 'bad' })),
    'bad',
  );
  const odd = againstRules(files);
  section(
    'odd',
    'Loaded against the rules',
    formatCount(odd.length),
    odd.map(({ file: { path, name }, rule }) =>
      plainRow(`odd ${path}`, name, path, 'bad', { why: rule, tone: 'warn' }),
    ),
    'warn',
  );
  return rows;
}

type Item = Extract<OutlineRow, { readonly kind: 'item' }>;

const plainRow = (
  key: string,
  label: string,
  path: string,
  icon: OutlineIcon,
  more: Partial<Item> = {},
): Item => ({
  kind: 'item',
  key,
  label,
  icon,
  place: { page: 'file', item: path },
  weight: null,
  note: '',
  why: null,
  tone: 'plain',
  ...more,
});

function pieceRow(piece: PromptPiece, largest: number): OutlineRow {
  const place =
    piece.path === null ? { page: 'prompt', item: piece.key } : { page: 'file', item: piece.path };
  return plainRow(`sent ${piece.key}`, piece.title, piece.path ?? '', ICONS[piece.group], {
    place,
    weight: { tokens: piece.tokens, of: piece.tokens / largest },
  });
}

/** The row that stands for a place, by its item; -1 where the outline has none. */
export function rowOfPlace(rows: readonly OutlineRow[], { page, item }: AgentPlace): number {
  // the form of a file and the line in it are no part of which file it is
  const of = page === 'file' && item !== null ? fileItem(item).path : item;
  return rows.findIndex((row) => row.kind === 'item' && row.place.page === page && row.place.item === of);
}
