import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { FileEdit } from '../../../contract/edits.ts';
import { agentsRootAt } from '../root.ts';
import { saveSet } from '../write/sets.ts';
import { editContext, type EditContext } from './context.ts';
import { openFileMerge, type OpenFileMerge } from './merge.ts';

const NOTE = '---\nname: berths\ntype: feedback\nstatus: open\n---\nOne.\n\nTwo.\n';
const PATH = 'harbor/memory/feedback_berths.md';
const secret = 'sk-first-0123456789';
const MCP = `# MCP servers\n\n## mail\n\ncommand: mail-mcp\nenv: MAIL_KEY=${secret}\ntransport: stdio\n`;
let scratch: string;
let root: string;

beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'vekscope-merge-'));
  root = join(scratch, 'root');
  mkdirSync(join(root, 'harbor/memory'), { recursive: true });
  mkdirSync(join(root, 'harbor/persona'));
  writeFileSync(join(root, 'harbor/model.md'), '# Model\n\n```yaml\nprovider: x\n```\n');
  put(PATH, NOTE);
  put('harbor/mcp.md', MCP);
});
afterEach(() => rmSync(scratch, { recursive: true, force: true }));

const put = (path: string, text: string) => writeFileSync(join(root, path), text);
const hash = (text: string) => createHash('sha256').update(text).digest('hex');
function ctx(): EditContext {
  const opened = agentsRootAt(root);
  if (!opened.ok || opened.value === null) throw new Error('no agents');
  return editContext(opened.value, join(scratch, 'data'), '2026-11-20', 'window');
}
/** Keeps an edit as the window does while a person types, which keeps what it was made from. */
function begun(path: string, base: string, text: string | null): FileEdit {
  const edit = { path, base: hash(base), text };
  const kept = saveSet(ctx(), { id: 'loose', label: '', edits: [edit] });
  if (!kept.ok) throw new Error(kept.error.message);
  return edit;
}
function merged(edits: readonly FileEdit[]): OpenFileMerge {
  const made = openFileMerge(ctx(), edits);
  if (!made.ok) throw new Error(`${made.error.message} ${made.error.hint}`);
  return made.value;
}

it('an edit is merged with what another program wrote, by what was kept of the beginning', () => {
  const edit = begun(PATH, NOTE, NOTE.replace('Two.', 'Two, mine.'));
  const disk = NOTE.replace('open', 'closed');
  put(PATH, disk);
  const { open, result } = merged([edit]);
  expect(open).toMatchObject({ conflicts: 0, paths: [PATH], notes: [] });
  expect(open.documents[0]).toMatchObject({ state: 'merged', id: PATH });
  expect(result([])).toEqual({
    ok: true,
    value: [{ path: PATH, base: hash(disk), text: disk.replace('Two.', 'Two, mine.') }],
  });
  expect(readFileSync(join(root, PATH), 'utf8')).toBe(disk);
});

it('the same field in two ways is a conflict, and the same merge has the same name', () => {
  const edit = begun(PATH, NOTE, NOTE.replace('open', 'mine'));
  put(PATH, NOTE.replace('open', 'theirs'));
  const first = merged([edit]);
  expect(first.open.conflicts).toBe(1);
  expect(merged([edit]).open.merge).toBe(first.open.merge);
  expect(first.result([])).toMatchObject({ ok: false, error: { kind: 'conflict' } });
  put(PATH, NOTE.replace('open', 'others'));
  expect(merged([edit]).open.merge).not.toBe(first.open.merge);
});

it('a removed file is one conflict, and so is a beginning that is not kept', () => {
  const edit = begun(PATH, NOTE, NOTE.replace('open', 'mine'));
  rmSync(join(root, PATH));
  expect(merged([edit]).open).toMatchObject({ conflicts: 1, documents: [{ units: [], state: 'conflicts' }] });
  put(PATH, NOTE.replace('One.', '1.'));
  const unknown = merged([{ ...edit, base: 'f'.repeat(64) }]).open;
  expect(unknown.conflicts).toBe(2);
  expect(unknown.notes.join(' ')).toContain('is not kept');
});

it('line ends that another program changed are no conflict with every line', () => {
  const edit = begun(PATH, NOTE, NOTE.replace('Two.', 'Two, mine.'));
  const disk = NOTE.replace('open', 'closed').replaceAll('\n', '\r\n');
  put(PATH, disk);
  const { open, result } = merged([edit]);
  expect(open.conflicts).toBe(0);
  expect(open.notes.join(' ')).toContain('the result has CRLF');
  expect(result([])).toMatchObject({ value: [{ text: disk.replace('Two.', 'Two, mine.') }] });
});

it('secrets stay covered on all sides, and stand for those on disk afterwards', () => {
  const covered = MCP.replace(secret, '(hidden 1)');
  const edit = begun('harbor/mcp.md', MCP, covered.replace('stdio', 'sse'));
  const disk = MCP.replace('## mail', '## a\n\ncommand: a\nenv: KEY=sk-other-9876543210\n\n## mail');
  put('harbor/mcp.md', disk);
  const merge = merged([edit]);
  const texts = merge.texts(
    { document: 'harbor/mcp.md', whole: null, reopened: false, choices: [] },
    1_000_000,
  );
  expect(JSON.stringify([merge.open, texts])).not.toContain('sk-');
  expect(merge.result([])).toMatchObject({
    ok: true,
    value: [
      {
        base: hash(disk),
        text: disk
          .replace('sk-other-9876543210', '(hidden 1)')
          .replace(secret, '(hidden 2)')
          .replace('stdio', 'sse'),
      },
    ],
  });
});

it('a file that is no text any more is said to be none', () => {
  const edit = begun(PATH, NOTE, NOTE.replace('open', 'mine'));
  writeFileSync(join(root, PATH), Buffer.from([0xff, 0, 1]));
  expect(openFileMerge(ctx(), [edit])).toMatchObject({ ok: false, error: { kind: 'conflict' } });
});
