import type { FileEdit } from '../../../contract/edits.ts';
import { fail, ok, type Result } from '../../result.ts';
import { universalNewlines } from '../text/python-text.ts';
import type { EditContext } from './context.ts';

/**
 * The edit that adds a text to the entry of the day: what stands there, a blank line, the text. A new entry begins with
 * its day (formats/atomic-agents.md §2.7).
 */
export function editsToJournal(ctx: EditContext, agent: string, text: string): Result<readonly FileEdit[]> {
  const { folder, today } = ctx;
  if (folder.root.single !== agent && !folder.has(folder.pathOf(agent, ''))) {
    return fail('not-found', `There is no agent ${agent}.`, 'It may have been moved or deleted meanwhile.');
  }
  const added = universalNewlines(text).trim();
  if (added === '') return fail('bad-request', 'The entry is empty.', 'Write what should stand in it.');
  if (/[^\P{Cc}\n\t]/u.test(added) || !added.isWellFormed()) {
    return fail('bad-request', 'The entry holds a control character.', 'Remove it.');
  }
  const path = folder.pathOf(agent, `journal/${today.slice(0, 7)}/${today}.md`);
  if (!folder.has(path)) {
    const name = agent.slice(agent.lastIndexOf('/') + 1);
    return ok([{ path, base: null, text: `# ${today} — ${name} journal\n\n${added}\n` }]);
  }
  const read = folder.text(path);
  if (!read.ok) return read;
  const { text: before, sha256, noText, lineEnds } = read.value;
  if (before === null) {
    return fail('unreadable', `${path}: ${noText ?? 'It cannot be read.'}`, 'Mend the file first.');
  }
  const end = lineEnds === 'crlf' ? '\r\n' : '\n';
  const gap = before === '' || /\n\r?\n$/.test(before) ? '' : before.endsWith('\n') ? end : end + end;
  return ok([{ path, base: sha256, text: `${before}${gap}${added.replaceAll('\n', end)}${end}` }]);
}
