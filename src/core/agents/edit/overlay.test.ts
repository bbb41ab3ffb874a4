import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { projectRoot } from '../../../../test/support/peers.ts';
import { inspectFile } from '../file-inspect.ts';
import { openFolder } from '../folder.ts';
import type { AgentFolder } from '../folder.ts';
import { readMemory } from '../parts/memory.ts';
import { fileOf } from '../parts/read.ts';
import { assemblePrompt } from '../prompt.ts';
import { agentsRootAt } from '../root.ts';
import { overlayOf } from './overlay.ts';
import type { Laid } from './overlay.ts';

const base = mkdtempSync(join(tmpdir(), 'vekscope-overlay-'));
afterAll(() => rmSync(base, { recursive: true, force: true }));
const fleet = join(projectRoot, 'test', 'goldens', 'agents', 'fleet');
const today = '2026-06-08';

function open(path: string): AgentFolder {
  const root = agentsRootAt(path);
  if (!root.ok || root.value === null) throw new Error(`no agents in ${path}`);
  return openFolder(root.value);
}

/** The same edits, written. */
function written(edits: readonly Laid[], at: string): AgentFolder {
  rmSync(at, { recursive: true, force: true });
  cpSync(fleet, at, { recursive: true });
  for (const { path, text } of edits) {
    const file = join(at, path);
    if (text === null) unlinkSync(file);
    else {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
  }
  return open(at);
}

/** All that is read of a folder, without times and without where it lies. */
function seen(folder: AgentFolder, edits: readonly Laid[], at: string): string {
  const { agents, cascades, leftOut } = folder.root;
  const named = agents.filter(({ logOnly }) => !logOnly).map(({ name }) => name);
  const all = {
    agents,
    cascades,
    leftOut,
    files: edits.map(({ path }) => {
      const file = fileOf(folder, path);
      if (file === null) return null;
      const { groups, ...rest } = inspectFile(folder, file, 1_780_000_000_000_000);
      return { file, ...rest, groups: groups() };
    }),
    prompts: named.map((agent) => assemblePrompt(folder, agent, today)),
    memories: named.map((agent) => readMemory(folder, agent, today)),
  };
  const text = JSON.stringify(all, (key, value: unknown) => (key === 'modifiedMicros' ? 0 : value));
  return text.replaceAll(JSON.stringify(at).slice(1, -1), '<root>');
}

const paths = readdirSync(fleet, { recursive: true, encoding: 'utf8' }).filter(
  (path) => path.endsWith('.md') && !path.includes('.versions'),
);
const texts = paths.map((path) => fileOf(open(fleet), path)?.text ?? '');
const line = fc.constantFrom(
  'pinned: true',
  'archived: true',
  'type: user',
  'description: a b: c',
  '---',
  '## Default model',
  '- [x](project_spring_issue.md) — y',
  '```yaml',
  'persona_id: ops-voice-v2',
  'Grüße — “quoted”',
  '',
);
const changed = fc
  .tuple(fc.nat(paths.length - 1), fc.nat(), fc.option(line, { nil: null }), fc.boolean())
  .map(([at, place, added, crlf]): Laid => {
    const rows = texts[at]!.split('\n');
    rows.splice(place % rows.length, added === null ? 1 : 0, ...(added === null ? [] : [added]));
    return { path: paths[at]!, text: rows.join(crlf ? '\r\n' : '\n') };
  });
const removed = fc.constantFrom(...paths).map((path): Laid => ({ path, text: null }));
const added = fc
  .tuple(
    fc.constantFrom(
      'harbor/memory/user_new_thing.md',
      'quill/wiki/new_page.md',
      'nova/model.md',
      'nova/persona/IDENTITY.md',
      'nova/log/2026-06/2026-06-01.jsonl',
      'nova/memory/INDEX.md',
      'sentry/skills/new-skill/SKILL.md',
      'orbit/roles/a/PROMPT.md',
      'orbit/projects/p/canon.md',
      '_private/model.md',
    ),
    fc.nat(texts.length - 1),
  )
  .map(([path, from]): Laid => ({ path, text: texts[from]! }));
const edits = fc.uniqueArray(fc.oneof({ weight: 4, arbitrary: changed }, removed, added), {
  minLength: 1,
  maxLength: 6,
  selector: ({ path }) => path,
});

describe('a folder with edits laid over it', () => {
  it('is read as the folder with the same texts written', () => {
    const overlaid = open(fleet);
    const at = join(base, 'written');
    fc.assert(
      fc.property(edits, (all) => {
        const laid = overlayOf(overlaid, all);
        const real = written(all, at);
        expect(seen(laid, all, fleet)).toBe(seen(real, all, at));
      }),
      { numRuns: 25 },
    );
  });

  it('shows new folders and leaves out what is taken away', () => {
    const laid = overlayOf(open(fleet), [
      { path: 'harbor/skills/other/SKILL.md', text: 'x' },
      { path: 'harbor/tools.md', text: null },
    ]);
    expect(laid.has('harbor/skills/other')).toBe(true);
    expect(laid.isFile('harbor/skills/other')).toBe(false);
    expect(laid.isFile('harbor/skills/other/SKILL.md')).toBe(true);
    expect(laid.has('harbor/tools.md')).toBe(false);
    const listed = laid.list('harbor');
    expect(listed.ok && listed.value.some(({ name }) => name === 'tools.md')).toBe(false);
    expect(laid.text('harbor/tools.md')).toMatchObject({ ok: false, error: { kind: 'not-found' } });
    expect(laid.text('../outside.md')).toMatchObject({ ok: false, error: { kind: 'refused' } });
  });

  it('is an agent more where a folder gets a model.md', () => {
    const folder = open(fleet);
    expect(overlayOf(folder, [{ path: 'harbor/tools.md', text: '' }]).root).toBe(folder.root);
    const laid = overlayOf(folder, [{ path: 'nova/model.md', text: '## Default model\n' }]);
    expect(laid.root.agents.map(({ name }) => name)).toContain('nova');
    const less = overlayOf(folder, [{ path: 'harbor/model.md', text: null }]);
    expect(less.root.agents.find(({ name }) => name === 'harbor')).toMatchObject({ logOnly: true });
  });
});
