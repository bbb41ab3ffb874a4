import type { ConversationsPart } from '../../../contract/agent-parts.ts';
import type { AgentFolder, FolderFile } from '../folder.ts';
import { plainNumber, scalarText } from '../settings/numbers.ts';
import { pyLength } from '../text/python-text.ts';
import { isMap } from '../../yaml/yaml-value.ts';
import { fileOf, filesOf, finding, foldersOf, oncePerFile, readJson } from './read.ts';

type Conversation = ConversationsPart['conversations'][number];
type Turn = Conversation['turns'][number];

const readTurn = oncePerFile((file: FolderFile): Turn | string => {
  const read = readJson(file.text ?? '');
  if (!read.ok) return `${file.path} is no JSON: ${read.message}.`;
  if (!isMap(read.value)) return `${file.path} is no JSON object.`;
  const text = (key: string): string | null =>
    scalarText(read.ok && isMap(read.value) ? read.value.get(key) : null);
  const role = text('role') ?? '';
  const content = text('content') ?? '';
  return {
    path: file.path,
    role,
    ts: text('ts'),
    runId: text('run_id'),
    seq: plainNumber(read.value.get('seq')),
    content,
    tokens: Math.floor((pyLength(role) + pyLength(content)) / 4) + 1,
  };
});

/** The conversations of an agent; turns in the order of their file names (formats/atomic-agents.md §2.17). */
export function readConversations(folder: AgentFolder, agent: string): ConversationsPart {
  const conversations: Conversation[] = [];
  for (const principal of foldersOf(folder, folder.pathOf(agent, 'conversations'))) {
    for (const conversation of foldersOf(folder, principal.path)) {
      const read = filesOf(folder, conversation.path, '.json').flatMap(({ path }) => {
        const file = fileOf(folder, path);
        return file === null ? [] : [readTurn(file)];
      });
      const turns = read.filter((one): one is Turn => typeof one !== 'string');
      conversations.push({
        principal: principal.name,
        id: conversation.name,
        tokens: turns.reduce((sum, turn) => sum + turn.tokens, 0),
        turns,
        findings: read.filter((one) => typeof one === 'string').map((message) => finding('error', message)),
      });
    }
  }
  const last = (one: Conversation): string => one.turns.at(-1)?.ts ?? '';
  return { part: 'conversations', conversations: conversations.sort((a, b) => (last(a) < last(b) ? 1 : -1)) };
}
