import type { AgentPartName } from '../../../contract/agent-parts.ts';
import type { AgentFolder } from '../folder.ts';
import { entriesOf } from '../parts/read.ts';

/** A part of an agent that a database holds instead of its folder (formats/atomic-agents.md §13). */
export type Elsewhere = {
  readonly protocol: string;
  readonly parts: readonly AgentPartName[];
  readonly where: string;
  readonly why: string;
};

const BY_NAME: readonly (readonly [RegExp, string, readonly AgentPartName[]])[] = [
  [/^\.?profiles?\.db$/, 'profile', []],
  [/^\.?tools?\.db$/, 'tool registry', []],
  [/^\.?corpus\.db$/, 'corpus', ['wiki']],
  [/^\.?logs?\.db$/, 'log', []],
  [/^\.?memor(?:y|ies)\.db$/, 'memory', ['memory']],
  [/^\.?goals?\.db$/, 'goal', ['goals']],
  [/^\.?outcomes?\.db$/, 'outcome', ['outcomes']],
  [/^\.?journals?\.db$/, 'journal', ['journal']],
  [/^\.?conversations?\.db$/, 'conversation', ['conversations']],
  [/^\.?mandates?\.db$/, 'mandate', ['mandates']],
  [/^\.?queues?\.db$/, 'queue', ['queue']],
];

/** The databases beside an agent's files, and the backend that `model.md` names for conversations. */
export function readElsewhere(
  folder: AgentFolder,
  agent: string,
  conversationBackend: string | null,
): readonly Elsewhere[] {
  const found: Elsewhere[] = [];
  const places = [folder.pathOf(agent, '')];
  if (folder.root.single === null) places.push('');
  for (const place of places) {
    for (const { name, path, kind } of entriesOf(folder, place)) {
      if (kind !== 'file' || !/\.(?:db|sqlite3?)$/.test(name)) continue;
      const known = BY_NAME.find(([pattern]) => pattern.test(name));
      found.push({
        protocol: known?.[1] ?? 'unknown',
        parts: known?.[2] ?? [],
        where: path,
        why:
          known === undefined
            ? `${name} is a database of which it is not known what it holds.`
            : `${name} is there: the ${known[1]} backend is SQLite, and the folder is not the truth for it.`,
      });
    }
  }
  if (conversationBackend !== null && conversationBackend !== 'filesystem') {
    found.push({
      protocol: 'conversation',
      parts: ['conversations'],
      where: conversationBackend,
      why: `model.md names ${conversationBackend} as the backend of conversations.`,
    });
  }
  return found;
}
