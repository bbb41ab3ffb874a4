import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { AgentsRoot } from './places.ts';
import { agentsRootAt } from './root.ts';

let root = '';
const made: string[] = [];
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'vekscope-root-'));
  made.push(root);
});
afterAll(() => {
  for (const path of made) rmSync(path, { recursive: true, force: true });
});

function put(path: string, text = ''): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

function found(path = root): AgentsRoot | null {
  const read = agentsRootAt(path);
  if (!read.ok) throw new Error(read.error.message);
  return read.value;
}

describe('the agents of a folder', () => {
  it('are children with a model.md, in order of their names; folders with logs alone are log only', () => {
    put('b/model.md');
    put('b/tools.md');
    put('a/model.md');
    put('old/log/2026-05/2026-05-01.jsonl');
    put('_dashboard/model.md');
    put('.hidden/model.md');
    put('notes/readme.md');
    put('lost/persona/IDENTITY.md');
    const read = found()!;
    expect(read.agents.map(({ name, logOnly }) => [name, logOnly])).toEqual([
      ['a', false],
      ['b', false],
      ['old', true],
    ]);
    expect(read.leftOut).toEqual([
      { name: 'lost', why: 'It has a persona but no model.md, so the runtime does not list it.' },
    ]);
    expect(read.shared).toBe(read.path);
  });

  it('are none where a model.md stands alone, as it may in any folder', () => {
    put('docs/model.md', '# Our data model\n');
    expect(found()).toBeNull();
    expect(found(join(root, 'docs'))).toBeNull();
  });

  it('are found by a model.md that names a model, or by logs alone', () => {
    put('a/model.md', '# Model\n\n## Default model\n\n**`gpt-5-mini`**\n');
    expect(found()?.agents.map(({ name }) => name)).toEqual(['a']);
    rmSync(join(root, 'a'), { recursive: true });
    expect(found()).toBeNull();
    put('old/log/2026-05/2026-05-01.jsonl');
    expect(found()?.agents).toMatchObject([{ name: 'old', logOnly: true }]);
  });

  it('leave out links that lead out of the folder or nowhere, and say so', () => {
    const other = mkdtempSync(join(tmpdir(), 'vekscope-other-'));
    made.push(other);
    writeFileSync(join(other, 'model.md'), '');
    put('real/model.md');
    put('real/tools.md');
    symlinkSync(other, join(root, 'away'));
    symlinkSync(join(root, 'gone'), join(root, 'broken'));
    symlinkSync(join(root, 'real'), join(root, 'twin'));
    symlinkSync(tmpdir(), join(root, 'temporary'));
    const read = found()!;
    expect(read.agents.map(({ name }) => name)).toEqual(['real', 'twin']);
    expect(read.leftOut.map(({ name }) => name)).toEqual(['away', 'broken']);
    expect(read.leftOut[0]!.why).toContain('leads out of the folder');
  });

  it('are one where the folder itself is an agent; what holds for all is then read above it', () => {
    put('fleet/one/model.md');
    put('fleet/one/memory/INDEX.md');
    expect(found(join(root, 'fleet/one'))).toMatchObject({ single: 'one', shared: null });
    put('fleet/policy.md');
    const read = found(join(root, 'fleet/one'))!;
    expect(read.shared).toBe(found(join(root, 'fleet'))!.path);
    expect(read.notes).toHaveLength(1);
  });

  it.skipIf(process.getuid?.() === 0)('leave out one whose model.md cannot be read', () => {
    put('a/model.md');
    put('a/tools.md');
    put('b/model.md');
    chmodSync(join(root, 'b/model.md'), 0);
    expect(found()!.leftOut[0]!.why).toContain('cannot be read');
  });

  it('is a failure where the folder is not there, and none where it is a file', () => {
    put('file.md');
    expect(agentsRootAt(join(root, 'nothing')).ok).toBe(false);
    expect(found(join(root, 'file.md'))).toBeNull();
  });
});
