import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openFolder } from '../folder.ts';
import { agentsRootAt } from '../root.ts';
import { readYaml } from '../../yaml/yaml.ts';
import type { EditContext } from './context.ts';
import { editsToJournal } from './journal.ts';
import { fromTemplate, templatesFor } from './templates.ts';
import { yamlScalar } from './template-yaml.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'vekscope-made-'));
  put('elm/model.md', '## Default model\n\n**`gpt-5`**\n');
  put('elm/persona/IDENTITY.md', '# Elm\n');
  put('oak/model.md', '## Default model\n\n**`gpt-5`**\n');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function put(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

function ctx(): EditContext {
  const found = agentsRootAt(root);
  if (!found.ok || found.value === null) throw new Error('no agents');
  return {
    folder: openFolder(found.value),
    dataDir: root,
    today: '2026-06-08',
    nowMicros: () => 0,
    from: 'window',
  };
}

const make = (id: string, values: Readonly<Record<string, string>>, agent: string | null = 'elm') =>
  fromTemplate(ctx(), agent, id, new Map(Object.entries(values)));

/** The problems with a template's answers. */
function problems(id: string, values: Readonly<Record<string, string>>, agent: string | null = 'elm') {
  const made = make(id, values, agent);
  return made.ok ? [] : made.error.message.split('\n');
}

const named = (name: string) => problems('agent', { name, mission: 'x' }, null);

const NOTE = { name: 'Paper is late', description: 'About paper', sources: 'a talk' };
const MANDATE = { id: 'desk', by: 'ops', scope: 'replies', until: '2026-07-01', allowed_tools: 'mail__send' };

describe('what a template says of answers', () => {
  it('names every wrong answer by its label', () => {
    expect(
      problems('note-user', { name: 'x'.repeat(81), description: 'y'.repeat(201), sources: ' ' }),
    ).toEqual([
      'Title: It has 81 characters; 80 are allowed.',
      'Description: It has 201 characters; 200 are allowed.',
      'Sources: This is needed.',
    ]);
    expect(
      problems('note-user', { ...NOTE, name: '日本', expires: '2026-02-30', confidence: 'sure' }),
    ).toEqual([
      'Title: It needs a letter from a to z or a digit, as the file is named after it.',
      'Confidence: Choose one of the list.',
      'Ends on: Write the day as YYYY-MM-DD.',
    ]);
    expect(problems('note-user', { ...NOTE, name: 'a\u0007b' })).toEqual([
      'Title: It holds a control character.',
    ]);
  });

  it('counts characters as Python does', () => {
    expect(problems('note-user', { ...NOTE, name: `${'😀'.repeat(79)}a` })).toEqual([]);
  });

  it('refuses what is there already, in words', () => {
    put('elm/memory/user_paper_is_late.md', 'x');
    put('elm/goal.md', 'x');
    expect(problems('note-user', NOTE)).toEqual([
      'Title: memory/user_paper_is_late.md is there already. Open it and edit it.',
    ]);
    const all = templatesFor(ctx(), 'elm');
    const blocked = all.ok ? all.value.filter((one) => one.blocked !== null).map(({ id }) => id) : [];
    expect(blocked).toEqual(['goal', 'persona-identity', 'persona-link', 'model']);
    expect(make('goal', { intent: 'x', criteria: 'y' })).toMatchObject({
      ok: false,
      error: { kind: 'exists' },
    });
  });

  it('refuses mandates, servers and rosters that the runtime would refuse', () => {
    put('elm/mandates.md', '# Mandates\n\n## desk\n\ngranted_by: a\n');
    expect(problems('mandate', { ...MANDATE, until: '2026-06-07', allowed_tools: '' })).toEqual([
      'Id: A mandate of this id is there already.',
      'Ends on: This day is over.',
      'Allowed tools: Name a tool or a limit; the runtime refuses a mandate without any.',
    ]);
    expect(problems('mcp-server', { name: 'a__b', command: 'npx', args: 'a,b', env: 'KEY=secret' })).toEqual([
      'Name: It can’t hold two _ in a row.',
      'Arguments: “a,b” – a comma would part it in two.',
      'Environment: “KEY=secret” – write KEY=$VARIABLE; a secret never stands in the file.',
    ]);
    expect(problems('roster', { names: 'oak\nelm\nash' })).toEqual([
      'Agents: “elm” – an agent can’t call itself.',
    ]);
    expect(problems('skill', { name: 'my-claude', description: 'x' })).toEqual([
      'Name: It can’t hold the reserved word claude.',
    ]);
  });

  it('refuses names of agents that are taken, reserved or no names', () => {
    expect(named('ELM')).toEqual(['Name: elm is there already. Choose another name.']);
    expect(named('doctor')).toEqual(['Name: A command of the runtime has this name.']);
    for (const bad of ['_a', '.a', 'a/b', '..', 'a b', '-a', 'a-']) expect(named(bad), bad).toHaveLength(1);
    expect(named('ash')).toEqual([]);
  });

  it('says of an agent that was opened alone what can’t be made there', () => {
    const found = agentsRootAt(join(root, 'elm'));
    if (!found.ok || found.value === null) throw new Error('no agent');
    const all = templatesFor({ ...ctx(), folder: openFolder(found.value) }, null);
    expect(all.ok && all.value.filter((one) => one.blocked === null)).toEqual([]);
  });
});

describe('a section that is added', () => {
  it.each([
    ['', '## desk'],
    ['# Mandates\n', '\n## desk'],
    ['# Mandates\n\n## a\n\nscope: x', '\n\n## desk'],
    ['# Mandates\r\n\r\n## a\r\n\r\nscope: x\r\n', '\r\n## desk\r\n\r\n'],
    ['\ufeff# Mandates\n\n', '## desk'],
  ])('leaves every byte before it: %j', (before, gap) => {
    put('elm/mandates.md', before);
    const made = make('mandate', MANDATE);
    if (!made.ok) throw new Error(made.error.message);
    const [edit] = made.value;
    expect(edit!.text!.startsWith(before + gap)).toBe(true);
    expect(edit!.base).toBe(ctxHash('elm/mandates.md'));
    if (before.includes('\r')) expect(edit!.text).not.toMatch(/(?<!\r)\n/);
  });

  it('shows no secret of mcp.md', () => {
    put('elm/mcp.md', '# MCP\n\n## a\ncommand: x\nenv: KEY=hunter2\n');
    const made = make('mcp-server', { name: 'b', command: 'npx' });
    expect(made.ok && made.value[0]!.text).toContain('## b\ncommand: npx');
    expect(made.ok && made.value[0]!.text).not.toContain('hunter2');
  });
});

function ctxHash(path: string): string {
  const file = ctx().folder.text(path);
  return file.ok ? file.value.sha256 : '';
}

describe('a scalar', () => {
  it('is read back as it was, whatever it holds', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }).filter((text) => !text.includes('\0')),
        (text) => {
          const read = readYaml(`key: ${yamlScalar(text)}\n`, 'libyaml');
          expect(read.ok && (read.value as ReadonlyMap<string, unknown>).get('key')).toBe(text);
          expect(yamlScalar(text)).not.toMatch(/[`\n]/);
        },
      ),
    );
  });
});

describe('an entry of the journal', () => {
  it('is added below what stands, with its line ends', () => {
    const path = 'elm/journal/2026-06/2026-06-08.md';
    expect(editsToJournal(ctx(), 'elm', ' One.\n')).toMatchObject({
      value: [{ path, base: null, text: '# 2026-06-08 — elm journal\n\nOne.\n' }],
    });
    put(path, '# Day\r\n\r\nOne.\r\n');
    expect(editsToJournal(ctx(), 'elm', 'Two.\nThree.')).toMatchObject({
      value: [{ path, base: ctxHash(path), text: '# Day\r\n\r\nOne.\r\n\r\nTwo.\r\nThree.\r\n' }],
    });
    expect(editsToJournal(ctx(), 'elm', ' \n')).toMatchObject({ error: { kind: 'bad-request' } });
    expect(editsToJournal(ctx(), 'ash', 'x')).toMatchObject({ error: { kind: 'not-found' } });
  });
});
