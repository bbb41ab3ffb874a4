import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { generateDefaults, generateRepository } from '../../bench/generate.ts';
import { parseJson } from '../../src/core/json/parse.ts';
import { get } from '../../src/core/json/pointer.ts';
import { stringifyJson } from '../../src/core/json/pretty.ts';
import {
  command,
  errorOf,
  jsonOut,
  jsonOutText,
  oldNode,
  pinnedNode,
  runCommand,
  startCommand,
  type Ran,
} from '../support/cli.ts';
import { folderState } from '../support/folder-state.ts';
import { copyGolden, expectedOf, expectedTextOf, goldenCases } from '../support/goldens.ts';
import { projectRoot } from '../support/peers.ts';

const old = await oldNode();

/** Signs that act on a terminal or turn text around: controls save the line break and the tab, and overrides. */
// oxlint-disable-next-line no-control-regex -- looking for them is the test
const dangerous = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

function temporary(): string {
  return mkdtempSync(join(tmpdir(), 'vekscope-cli-'));
}

describe('the command in a process of its own', () => {
  it.each(goldenCases())('%s: every looking verb prints one JSON value and changes nothing', async (name) => {
    const root = copyGolden(name);
    const before = folderState(join(root, '.vek'));
    const parsed = parseJson(expectedTextOf(name));
    if (!parsed.ok) throw new Error(parsed.error.message);
    const verbs = [
      ['status'],
      ['log', '--all'],
      ['show', '%'],
      ['branch'],
      ['export'],
      ['fsck'],
      ['inspect', '.'],
    ];
    const expected = expectedOf(name);
    const keys: Record<string, string> = { status: 'status', branch: 'branch', tag: 'tag', log: 'log_all' };
    const one = async ([verb = '', ...args]: string[]): Promise<void> => {
      const ran = await runCommand([verb, ...args, '--json'], { cwd: root });
      const value = jsonOut(ran);
      expect([0, 1, 2]).toContain(ran.code);
      expect(ran.code === 2 && verb !== 'inspect').toBe(get(value, '/error') !== undefined);
      const key = keys[verb];
      const known = key === undefined ? undefined : get(parsed.node, `/${key}`);
      if (known === undefined || '$raises' in Object(expected[key!])) return;
      expect({ code: ran.code, out: jsonOutText(ran) }).toEqual({ code: 0, out: stringifyJson(known) });
    };
    // two at a time: every process costs a start
    for (let i = 0; i < verbs.length; i += 2) await Promise.all(verbs.slice(i, i + 2).map(one));
    expect(folderState(join(root, '.vek'))).toEqual(before);
    rmSync(root, { recursive: true });
  });

  it('bad use is one error value, and exit code 2', async () => {
    const root = copyGolden('forked');
    const nowhere = temporary();
    const hash = '0'.repeat(64);
    const cases: [string, string[], string?][] = [
      ['bad-request', []],
      ['bad-request', ['bogus']],
      ['bad-request', ['toString']],
      ['bad-request', ['show']],
      ['bad-request', ['show', 'a', 'b']],
      ['bad-request', ['status', '--bogus']],
      ['bad-request', ['status', '--repo']],
      ['bad-request', ['status', '--json=yes']],
      ['bad-request', ['log', '-n', 'x']],
      ['bad-request', ['log', '-n', '3', '--all']],
      ['bad-request', ['export', '--format', 'xml']],
      ['bad-request', ['fork', '5e32', 'a', '--name', 'b']],
      ['not-found', ['show', hash]],
      ['not-found', ['show', 'fffffff']],
      ['not-found', ['cat-file', hash]],
      ['not-found', ['cat-file', '5e32']],
      ['ambiguous', ['show', '']],
      ['ambiguous', ['cat-file', '%']],
      ['not-found', ['fork', hash, 'x']],
      ['not-found', ['undo']],
      ['not-a-repository', ['status'], nowhere],
      ['not-a-repository', ['fsck'], nowhere],
      ['not-a-repository', ['branch', 'x'], nowhere],
      ['not-found', ['status', '--repo', join(nowhere, 'gone')]],
      ['not-found', ['inspect', join(nowhere, 'gone')]],
      ['not-found', ['open', join(nowhere, 'gone')]],
      ['not-found', ['open', `vekscope:${nowhere}/gone#${hash}`]],
      ['bad-request', ['open', `vekscope:${nowhere}#${hash.slice(1)}`]],
      ['bad-request', ['serve', `vekscope:${nowhere}`]],
      ['not-found', ['serve', '--repo', join(nowhere, 'gone')]],
      ['bad-request', ['serve', join(root, '.vek', 'HEAD')]],
      ['bad-request', ['serve', '--port', '65536']],
      ['bad-request', ['serve', '--port', '-1']],
      ['bad-request', ['serve', '--port', 'http']],
    ];
    const one = async ([, args, cwd = root]: (typeof cases)[number]): Promise<unknown> => {
      const ran = await runCommand([...args, '--json'], { cwd });
      const error = errorOf(ran);
      return { args, code: ran.code, kind: error.kind, words: error.message !== '' && error.hint !== '' };
    };
    for (let i = 0; i < cases.length; i += 2) {
      const some = cases.slice(i, i + 2);
      const found = await Promise.all(some.map(one));
      expect(found).toEqual(some.map(([kind, args]) => ({ args, code: 2, kind, words: true })));
    }
    expect(folderState(join(root, '.vek')).some((entry) => entry.path.includes('vekscope'))).toBe(false);
    const words = await runCommand(['show', 'fffffff'], { cwd: root });
    expect(words).toMatchObject({ code: 2, out: '' });
    expect(words.err).toMatch(/^error: .*\n.*\n$/);
    const nothing = await runCommand(['inspect', nowhere, '--json']);
    expect(nothing).toMatchObject({ code: 0, out: '{"sources":[]}\n' });
  });

  it('show says what a call states about itself, and where', async () => {
    const root = temporary();
    cpSync(join(projectRoot, 'resources', 'sample', 'dot-vek'), join(root, '.vek'), { recursive: true });
    const { out } = await runCommand(['log', '--all', '--json'], { cwd: root });
    const calls = JSON.parse(out) as { hash: string; tool: string }[];
    const { hash } = calls.find(({ tool }) => tool === 'model.chat')!;
    const shown = await runCommand(['show', hash], { cwd: root });
    expect(shown.out).toMatch(/^model: \S+ \(output \/model\)$/m);
    expect(shown.out).toMatch(/^input-tokens: \d+ \(output \/usage\/prompt_tokens\)$/m);
    expect(shown.out).toMatch(/^cost: \$\d\.\d{6} \(output \/usage\/cost_usd\)$/m);
    const other = await runCommand(['show', calls.find(({ tool }) => tool === 'plan')!.hash], { cwd: root });
    expect(other.out).not.toMatch(/^(?:model|cost|[a-z]+-tokens): /m);
  });

  it('finds the repository from below, and with options before the verb', async () => {
    const root = copyGolden('forked');
    const below = join(root, 'a', 'b');
    mkdirSync(below, { recursive: true });
    const status = await runCommand(['--json', '--repo', below, 'status']);
    expect(JSON.parse(status.out)).toEqual(expectedOf('forked')['status']);
    expect(JSON.parse((await runCommand(['-n', '2', 'log', '--json'], { cwd: below })).out)).toHaveLength(2);
  });

  it('explains itself', async () => {
    const help = await runCommand(['--help']);
    expect(help.code).toBe(0);
    const verbs = 'inspect status log show cat-file branch tag fsck export fork undo open serve'.split(' ');
    for (const verb of verbs) expect(help.out).toMatch(new RegExp(`^ {2}${verb}\\b.*  \\S`, 'm'));
    for (const verb of ['log', 'serve', 'undo']) {
      const ran = await runCommand([verb, '--help']);
      expect(ran).toMatchObject({ code: 0, err: '' });
      expect(ran.out).toMatch(new RegExp(`^Usage: vekscope ${verb}\\b`));
    }
    expect((await runCommand(['--version'])).out).toMatch(/^vekscope \d+\.\d+\.\d+\n$/);
    for (const args of [['--version'], ['--help'], ['log', '-h']])
      jsonOut(await runCommand([...args, '--json']));
  });
});

describe.skipIf(old === null)('under an older Node of the system', () => {
  const node = old ?? '';

  it('hands over to the pinned one: same output, same exit code', async () => {
    const root = copyGolden('corrupt-cycle');
    const args = [
      ['status', '--json'],
      ['fsck', '--json'],
      ['log', '-n', '2'],
      ['bogus', '--json'],
    ];
    const codes: unknown[] = [];
    for (const words of args) {
      const [here, there] = await Promise.all([
        runCommand(words, { cwd: root, node }),
        runCommand(words, { cwd: root }),
      ]);
      expect(here).toEqual(there);
      codes.push(here.code);
    }
    expect(codes).toEqual([0, 1, 0, 2]);
  });

  it('says what is missing where the pinned one is not installed', async () => {
    const { bin, modules } = strippedCopy();
    mkdirSync(join(modules, 'better-sqlite3'), { recursive: true });
    const ran = await runCommand(['status', '--json'], { node, bin });
    expect(ran.code).toBe(2);
    expect(errorOf(ran).message).toMatch(/^Vekscope needs Node 24, and this is \d+\./);
  });
});

/** A copy of the command as a clone has it before the installation. */
function strippedCopy(): { bin: string; modules: string } {
  const root = temporary();
  cpSync(join(projectRoot, 'bin'), join(root, 'bin'), { recursive: true });
  cpSync(join(projectRoot, 'src'), join(root, 'src'), { recursive: true });
  cpSync(join(projectRoot, 'package.json'), join(root, 'package.json'));
  return { bin: join(root, 'bin', 'vekscope'), modules: join(root, 'node_modules') };
}

describe('an incomplete installation', () => {
  it('is named, with what to do', async () => {
    const { bin, modules } = strippedCopy();
    const json = await runCommand(['status', '--json'], { bin });
    expect(json.code).toBe(2);
    expect(errorOf(json).message).toBe('Vekscope is not installed yet.');
    expect(errorOf(json).hint).toContain('npm ci');
    const words = await runCommand(['status'], { bin });
    expect(words).toMatchObject({ code: 2, out: '' });
    expect(words.err).toMatch(/^error: Vekscope is not installed yet\.\n/);
    // half of it: a package is there and another is not
    mkdirSync(modules);
    mkdirSync(join(modules, 'better-sqlite3'));
    const half = await runCommand(['status', '--json'], { bin, cwd: copyGolden('linear') });
    expect(half.code).toBe(2);
    expect(errorOf(half).hint).toContain('npm ci');
  });

  it('works through a link on the path', async () => {
    const folder = temporary();
    chmodSync(command, 0o755);
    symlinkSync(command, join(folder, 'vekscope'));
    const ran = await runCommand(['status', '--json'], {
      bin: join(folder, 'vekscope'),
      cwd: copyGolden('linear'),
    });
    expect(ran.code).toBe(0);
  });
});

describe('as a good neighbour in a pipe', () => {
  it('prints no colours into a pipe', async () => {
    const root = copyGolden('forked');
    for (const args of [['log', '--all'], ['show', '5e32'], ['fsck'], ['status'], ['inspect', '.']]) {
      const ran = await runCommand(args, { cwd: root, env: { FORCE_COLOR: '1' } });
      expect(ran.code).toBe(0);
      // oxlint-disable-next-line no-control-regex -- looking for them is the test
      expect(ran.out + ran.err).not.toMatch(/\u001b/);
    }
  });

  it('shows control characters and turned text of a store as escapes', async () => {
    const root = copyGolden('linear');
    const evil = '\u001b]0;owned\u0007\u202e\u2066\u009b31m';
    writeFileSync(join(root, '.vek', 'HEAD'), `ref: ${evil}\n`);
    for (const args of [
      ['status'],
      ['log'],
      ['branch'],
      ['fsck'],
      ['inspect', '.'],
      ['log', '--branch', evil],
    ]) {
      const ran = await runCommand(args, { cwd: root });
      expect(ran.out + ran.err).not.toMatch(dangerous);
    }
    expect((await runCommand(['status'], { cwd: root })).out).toContain('\\u001b]0;owned\\u0007\\u202e');
  });

  it('reads long histories in flat memory, and ends quietly when the reader has seen enough', async () => {
    const root = temporary();
    const { nodes } = generateRepository(root, { ...generateDefaults(20_000, 7), branches: 1, merges: 0 });
    const env = { NODE_OPTIONS: '--max-old-space-size=64' };
    const log = await runCommand(['log', '--all', '--json'], { cwd: root, env });
    expect(log.code).toBe(0);
    expect((JSON.parse(log.out) as unknown[]).length).toBe(nodes);
    const exported = await runCommand(['export', '--format', 'jsonl'], { cwd: root, env });
    expect(exported.code).toBe(0);
    expect(exported.out.length).toBeGreaterThan(16 * 1024 * 1024);
    expect(exported.out.split('\n').filter((line) => line.startsWith('{"type": "node"'))).toHaveLength(nodes);
    const string = JSON.parse(
      (await runCommand(['export', '--format', 'jsonl', '--json'], { cwd: root })).out,
    );
    expect(string).toBe(exported.out);
    for (const args of ['log --all', 'export', 'export --format jsonl'])
      expect(await head(root, args)).toEqual(['', '0']);
  });
});

/** What a pipe into `head -1` leaves on standard error, and the exit code of the command. */
function head(cwd: string, args: string): Promise<[err: string, code: string]> {
  const script = `{ "${pinnedNode}" "${command}" ${args}; echo $? > code; } | head -n 1 > first; cat code`;
  return new Promise((settle, reject) => {
    const child = spawn('sh', ['-c', script], { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    let err = '';
    let out = '';
    child.stdout.on('data', (data: Buffer) => (out += data.toString()));
    child.stderr.on('data', (data: Buffer) => (err += data.toString()));
    child.on('error', reject);
    child.on('close', () => settle([err, out.trim()]));
  });
}

type Started = {
  readonly line: string;
  readonly all: () => string;
  readonly stop: () => Promise<Ran['code']>;
};

function serve(args: string[], node: string = pinnedNode): Promise<Started> {
  const child = startCommand(['serve', ...args], { node });
  let out = '';
  let err = '';
  const gone = new Promise<number | null>((settle) => child.on('close', (code) => settle(code)));
  return new Promise((settle, reject) => {
    child.stderr?.on('data', (data: Buffer) => (err += data.toString()));
    child.stdout?.on('data', (data: Buffer) => {
      out += data.toString();
      if (!out.includes('\n')) return;
      settle({
        line: out.trim(),
        all: () => out,
        stop: () => {
          child.kill('SIGTERM');
          return gone;
        },
      });
    });
    void gone.then((code) => reject(new Error(`ended with ${code}: ${out}${err}`)));
  });
}

async function answers(address: string): Promise<number> {
  return (await fetch(address)).status;
}

describe('serve', () => {
  it.each<readonly [string, string]>([
    ['the pinned Node', pinnedNode],
    ...(old === null ? [] : [['an older Node of the system', old] as const]),
  ])('prints one address, answers there, and ends on SIGTERM, under %s', async (_, node) => {
    const root = copyGolden('forked');
    const served = await serve(['--repo', root, '--port', '0'], node);
    expect(served.line).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{16,}$/);
    expect(await answers(served.line)).toBe(200);
    expect(await answers(served.line)).toBe(200);
    expect(await answers(served.line.replace(/token=.*/, 'token=wrong'))).not.toBe(200);
    expect(await served.stop()).toBe(0);
    expect(served.all()).toBe(`${served.line}\n`);
    await expect(fetch(served.line)).rejects.toThrow();
  });

  it('prints one JSON value, and names a taken port', async () => {
    const root = copyGolden('forked');
    const served = await serve([root, '--port', '0', '--json']);
    const { address, ...rest } = JSON.parse(served.line) as { address: string };
    expect(rest).toEqual({});
    expect(await answers(address)).toBe(200);
    const { port } = new URL(address);
    const taken = await runCommand(['serve', root, '--port', port, '--json']);
    expect(taken.code).toBe(2);
    expect(errorOf(taken)).toMatchObject({
      kind: 'io',
      message: `Port ${port} is taken by another program.`,
    });
    expect(await served.stop()).toBe(0);
  });
});
