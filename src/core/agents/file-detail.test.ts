import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { projectRoot } from '../../../test/support/peers.ts';
import { fileDetail } from './file-detail.ts';
import { openFolder } from './folder.ts';
import type { AgentFolder } from './folder.ts';
import { listFiles } from './listing.ts';
import { agentsRootAt } from './root.ts';
import { coveredText } from './edit/secrets.ts';

const scratch = mkdtempSync(join(tmpdir(), 'vekscope-files-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

function opened(dir: string): AgentFolder {
  const root = agentsRootAt(dir);
  if (!root.ok || root.value === null) throw new Error('no agents');
  return openFolder(root.value);
}

const root = join(scratch, 'fleet');
cpSync(join(projectRoot, 'test/goldens/agents/fleet'), root, { recursive: true });
const secret = 'sk-very-secret-0123456789';
writeFileSync(
  join(root, 'quill/mcp.md'),
  `# MCP servers\n\n## mail\n\ncommand: mail-mcp\nenv: MAIL_KEY=${secret}, OTHER=$OTHER\nenv: B=${secret}, HASH=$2b$10$${secret}\ntransport: stdio\n\n## notes\n- command: x\n- env:\n    - C: ${secret}\n`,
);
writeFileSync(
  join(root, 'quill/memory/feedback_latin.md'),
  Buffer.from('---\nname: caf\xe9\n---\n', 'latin1'),
);
writeFileSync(join(root, 'quill/memory/feedback_crlf.md'), '---\r\nname: x\r\n---\r\nbody\r\n');
writeFileSync(join(root, 'quill/memory/feedback_bom.md'), '\uFEFF---\nname: x\n---\nbody\n');
mkdirSync(join(scratch, 'elsewhere'));
writeFileSync(join(scratch, 'elsewhere/private.md'), 'private');
symlinkSync(join(scratch, 'elsewhere/private.md'), join(root, 'quill/memory/feedback_link.md'));
symlinkSync(join(scratch, 'elsewhere'), join(root, 'quill/raw'));
const folder = opened(root);

const detail = (path: string): Extract<ReturnType<typeof fileDetail>, { ok: true }>['value'] => {
  const read = fileDetail(folder, path);
  if (!read.ok) throw new Error(read.error.message);
  return read.value;
};
const files = (agent: string | null): Map<string, { kind: string; loaded: boolean; why: string | null }> => {
  const read = listFiles(folder, agent, '2026-06-08');
  if (!read.ok) throw new Error(read.error.message);
  return new Map(read.value.map((file) => [file.path, file] as const));
};

describe('a file', () => {
  it('shows settings with the lines that they stand on, and what is a default', () => {
    const groups = detail('harbor/model.md').groups;
    expect(groups[0]!.readings[0]).toEqual({
      label: 'Default model',
      value: 'claude-sonnet-4-6-20260101',
      note: null,
      line: 5,
      tone: 'plain',
    });
    expect(groups[0]!.readings[2]).toMatchObject({ label: 'Provider', note: 'default', tone: 'default' });
    const caps = groups[1]!.readings.find(({ label }) => label === 'Daily cap')!;
    expect([caps.value, caps.line]).toEqual(['$0.32', 23]);
  });

  it('never gives a secret of mcp.md', () => {
    const text = JSON.stringify(detail('quill/mcp.md'));
    expect(text).not.toContain(secret);
    expect(text).toContain('(hidden 1)');
    expect(text).toContain('OTHER=$OTHER');
    expect(JSON.stringify(listFiles(folder, 'quill', '2026-06-08'))).not.toContain(secret);
    expect(coveredText('mcp.md', `env: A=$A\r\nargs: b\r\n`)).toBe(`env: A=$A\r\nargs: b\r\n`);
  });

  it('says what is not UTF-8, and keeps line ends apart', () => {
    const latin = detail('quill/memory/feedback_latin.md');
    expect(latin.text).toBeNull();
    expect(latin.noText).toContain('It is not UTF-8: the byte at 13 (line 2)');
    expect(latin.loaded).toBe(false);
    expect(detail('quill/memory/feedback_crlf.md').lineEnds).toBe('crlf');
    expect(
      detail('quill/memory/feedback_bom.md')
        .findings.map(({ message }) => message)
        .join(),
    ).toContain('BOM');
  });

  it('is refused outside of the folder', () => {
    for (const path of [
      '../elsewhere/private.md',
      'quill/../../elsewhere/private.md',
      '/etc/passwd',
      'quill/memory/feedback_link.md',
      'quill/raw/private.md',
      'a\0b',
    ]) {
      expect(fileDetail(folder, path).ok, path).toBe(false);
    }
    expect(fileDetail(folder, 'quill/nothing.md')).toMatchObject({ ok: false, error: { kind: 'not-found' } });
  });
});

describe('the list of files', () => {
  it('names every file with its kind and whether the agent loads it', () => {
    const all = files('quill');
    expect(all.get('quill/memory/feedback_broken_header.md')).toMatchObject({
      kind: 'memory-note',
      loaded: false,
    });
    expect(all.get('quill/memory/feedback_link.md')).toMatchObject({ loaded: false });
    expect(all.get('quill/memory/feedback_link.md')!.why).toContain('leads out of the opened folder');
    expect(all.get('quill/goal.md')).toMatchObject({ kind: 'goal', loaded: true });
    expect(all.get('quill/dreams/drm_2026-06-07T051500_a1b2c3/memory/INDEX.md')).toMatchObject({
      kind: 'dream',
    });
    expect(
      files('sentry').get('sentry/vault/escalations/reversible_write/prop-20260525-070006-686635-b817.md'),
    ).toMatchObject({
      kind: 'escalation',
      loaded: false,
    });
    const unknown = [...all].filter(([, { kind }]) => kind === 'unknown').map(([path]) => path);
    expect(unknown).toEqual(['quill/raw']);
  });

  it('names those of the root apart', () => {
    const kinds = new Map([...files(null)].map(([path, { kind }]) => [path, kind] as const));
    expect(kinds.get('policy.md')).toBe('policy');
    expect(kinds.get('.personas/ops-voice-v2/SOUL.md')).toBe('persona');
    expect(kinds.get('studio/roles/editor/PROMPT.md')).toBe('cascade');
    expect(kinds.get('studio/projects/spring/queue/dead-letter/lease-1/item.md')).toBe('queue');
    expect(kinds.get('studio/projects/spring/agents/editor/persona/SOUL.md')).toBe('persona');
    expect([...kinds.keys()].some((path) => path.startsWith('quill/'))).toBe(false);
  });

  it('reads a file again only when it changed', () => {
    const first = folder.text('harbor/model.md');
    expect(folder.text('harbor/model.md')).toEqual(first);
    const same = folder.text('harbor/model.md');
    expect(same.ok && first.ok && same.value === first.value).toBe(true);
    writeFileSync(join(root, 'harbor/model.md'), '## Default model\n\ngpt-5\n');
    const after = folder.text('harbor/model.md');
    expect(after.ok && after.value.text).toBe('## Default model\n\ngpt-5\n');
  });
});
