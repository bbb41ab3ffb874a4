import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { projectRoot } from '../../../test/support/peers.ts';
import { failure, value } from '../../../test/support/writes.ts';
import type { Change } from '../../contract/edits.ts';
import { startTestEngine, type TestEngine } from '../testing.ts';

const SOUL = 'quill/persona/SOUL.md';

let root: string;
let engine: TestEngine;
let source: string;

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'vekscope-edits-'));
  cpSync(join(projectRoot, 'test/goldens/agents/fleet'), root, { recursive: true });
  engine = startTestEngine();
  source = value(await engine.client.workspace.open({ path: root })).sources[0]!.id;
});
afterEach(() => {
  engine.close();
  rmSync(root, { recursive: true, force: true });
});

const read = (): string => readFileSync(join(root, SOUL), 'utf8');
const saving = (text: string): Change => ({
  do: 'save',
  label: null,
  edits: [{ path: SOUL, base: createHash('sha256').update(read()).digest('hex'), text }],
});
const planned = async (change: Change) =>
  value(await engine.client.edits.plan({ source, today: null, change }));
const history = async () => value(await engine.client.edits.history({ source, path: SOUL }));

describe('writing through the engine', () => {
  it('writes a plan once, lists it, and takes it back', async () => {
    const before = read();
    const plan = await planned(saving(`${before}More.\n`));
    expect(read()).toBe(before);
    const edit = value(await engine.client.edits.apply({ source, plan: plan.id }));
    expect(read()).toBe(`${before}More.\n`);
    expect(failure(await engine.client.edits.apply({ source, plan: plan.id })).kind).toBe('conflict');
    expect(value(await engine.client.edits.list({ source })).map(({ id }) => id)).toEqual([edit.id]);
    const back = await planned({ do: 'undo', edit: edit.id });
    value(await engine.client.edits.apply({ source, plan: back.id }));
    expect(read()).toBe(before);
  });

  it('answers for what it wrote at once', async () => {
    const plan = await planned(saving('A new soul.\n'));
    value(await engine.client.edits.apply({ source, plan: plan.id }));
    await expect
      .poll(
        async () => value(await engine.client.agents.prompt({ source, today: null, agent: 'quill' })).text,
      )
      .toContain('A new soul.');
  });

  it('notes the persona at opening and what another program makes of it', async () => {
    const first = read();
    // the window hears of it once every persona was looked through
    await expect.poll(() => engine.events.some(({ type }) => type === 'edits-changed')).toBe(true);
    const later = `${first}Written elsewhere.\n`;
    writeFileSync(join(root, SOUL), later);
    await expect
      .poll(async () => (await history()).map(({ how, current, kept }) => [how, current, kept]), {
        timeout: 5_000,
      })
      .toEqual([
        ['seen', true, true],
        ['seen', false, true],
      ]);
    const [, old] = await history();
    const text = await engine.client.edits.version({ source, path: SOUL, version: old!.sha256! });
    expect(value(text)).toBe(first);
    const versions = await engine.client.edits.personaVersions({ source, today: null, agent: 'quill' });
    expect(value(versions).map(({ how }) => how)).toEqual(['seen', 'first']);
  });
});
