import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { command, pinnedNode } from '../support/cli.ts';
import { projectRoot } from '../support/peers.ts';

const git = spawnSync('git', ['--version']).status === 0;

/** The two lines of set-up, as the README gives them. */
const readme = readFileSync(join(projectRoot, 'README.md'), 'utf8');
const attributes = /^echo '(.*merge=vekscope)' >> \.gitattributes$/m.exec(readme)?.[1] ?? '';
const driver = /^git config merge\.vekscope\.driver '(.*)'$/m.exec(readme)?.[1] ?? '';

type Repository = {
  readonly run: (...args: string[]) => { readonly code: number | null; readonly text: string };
  readonly write: (name: string, text: string) => void;
  readonly read: (name: string) => string;
  /** commits a file as it should be on a branch, which begins where `from` is */
  readonly commit: (branch: string, from: string | null, name: string, text: string) => void;
};

/** A repository of its own, with or without the driver. */
function repository(withDriver = true): Repository {
  const folder = mkdtempSync(join(tmpdir(), 'vekscope-git-'));
  const env = {
    ...process.env,
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_SYSTEM: '/dev/null',
    GIT_AUTHOR_NAME: 'a',
    GIT_AUTHOR_EMAIL: 'a@example.org',
    GIT_COMMITTER_NAME: 'a',
    GIT_COMMITTER_EMAIL: 'a@example.org',
    GIT_EDITOR: 'true',
    VEKSCOPE_DATA: join(folder, '.git', 'data'),
  };
  const run: Repository['run'] = (...args) => {
    const { status, stdout, stderr } = spawnSync('git', args, { cwd: folder, env, encoding: 'utf8' });
    return { code: status, text: stdout + stderr };
  };
  const write: Repository['write'] = (name, text) => writeFileSync(join(folder, name), text);
  run('init', '-q', '-b', 'main');
  if (withDriver) {
    const program = `'${pinnedNode}' '${command}'`;
    run('config', 'merge.vekscope.driver', driver.replace(/^vekscope /, `${program} `));
    write('.gitattributes', `${attributes}\n`);
  }
  write('README', 'x\n');
  run('add', '-A');
  run('commit', '-q', '-m', 'first');
  return {
    run,
    write,
    read: (name) => readFileSync(join(folder, name), 'utf8'),
    commit: (branch, from, name, text) => {
      if (from !== null) run('switch', '-q', '-c', branch, from);
      else run('switch', '-q', branch);
      write(name, text);
      run('add', name);
      const done = run('commit', '-q', '-m', `${name} on ${branch}`);
      if (done.code !== 0) throw new Error(done.text);
    },
  };
}

const lines = (...of: string[]): string => `${of.join('\n')}\n`;

const base = lines('{', '\t"name": "x",', '\t"list": [', '\t\t1', '\t],', '\t"last": 1.0', '}');
const main = lines(
  '{',
  '\t"name": "main",',
  '\t"list": [',
  '\t\t1',
  '\t],',
  '\t"last": 1.0,',
  '\t"ours": true',
  '}',
);
const topic = lines(
  '{',
  '\t"name": "x",',
  '\t"list": [',
  '\t\t1,',
  '\t\t2',
  '\t],',
  '\t"last": 2.50,',
  '\t"theirs": {}',
  '}',
);
const both = lines(
  '{',
  '\t"name": "main",',
  '\t"list": [',
  '\t\t1,',
  '\t\t2',
  '\t],',
  '\t"last": 2.50,',
  '\t"ours": true,',
  '\t"theirs": {}',
  '}',
);

/** `main` and `topic` with a file that both changed since the commit before. */
function forked(
  withDriver = true,
  versions: readonly [string, string, string] = [base, main, topic],
): Repository {
  const repo = repository(withDriver);
  repo.commit('main', null, 'data.json', versions[0]);
  repo.commit('topic', 'main', 'data.json', versions[2]);
  repo.commit('main', null, 'data.json', versions[1]);
  return repo;
}

/** JSON with comments, which is none. */
function words(a: string, b: string): string {
  return lines('// settings', '{', `  ${a},`, '  "x": 1,', '  "y": 1,', `  ${b} // here`, '}');
}

describe('set-up', () => {
  it('is two lines of the README', () => {
    expect(attributes).toBe('*.json merge=vekscope');
    expect(driver).toBe('vekscope merge3 %O %A %B --out %A --markers --path %P');
  });
});

describe.skipIf(!git)('git with Vekscope as its merge driver', () => {
  it('merges what git alone can’t, in the style of the file', () => {
    const alone = forked(false);
    expect(alone.run('merge', 'topic')).toMatchObject({ code: 1 });
    const repo = forked();
    const merged = repo.run('merge', '-q', '--no-edit', 'topic');
    expect(merged.code, merged.text).toBe(0);
    expect(repo.read('data.json')).toBe(both);
    expect(repo.run('status', '--porcelain').text).toBe('');
  });

  it('merges the same way while rebasing and picking', () => {
    const rebased = forked();
    rebased.run('switch', '-q', 'topic');
    expect(rebased.run('rebase', '-q', 'main')).toMatchObject({ code: 0 });
    expect(rebased.read('data.json')).toBe(both);
    const picked = forked();
    expect(picked.run('cherry-pick', 'topic')).toMatchObject({ code: 0 });
    expect(picked.read('data.json')).toBe(both);
  });

  it('leaves conflicts with markers in the file, which then can be resolved', () => {
    const repo = forked(true, [
      base,
      base.replace('"x"', '"main"'),
      base.replace('"x"', '"topic"').replace('1.0', '2.0'),
    ]);
    const merged = repo.run('merge', 'topic');
    expect(merged.code).toBe(1);
    expect(merged.text).toContain('CONFLICT (content): Merge conflict in data.json');
    expect(merged.text).toContain('1 conflict in data.json\n/name: both changed it\n');
    expect(repo.run('status', '--porcelain').text).toBe('UU data.json\n');
    expect(repo.read('data.json')).toBe(
      lines(
        '{',
        '<<<<<<< ours',
        '\t"name": "main",',
        '=======',
        '\t"name": "topic",',
        '>>>>>>> topic',
        '\t"list": [',
        '\t\t1',
        '\t],',
        '\t"last": 2.0',
        '}',
      ),
    );
    repo.write(
      'data.json',
      repo.read('data.json').replaceAll(/^(<<<<|====)[^]*?^>>>>>>> topic\n/gm, '\t"name": "both",\n'),
    );
    repo.run('add', 'data.json');
    expect(repo.run('commit', '-q', '--no-edit')).toMatchObject({ code: 0 });
    expect(JSON.parse(repo.read('data.json'))).toEqual({ name: 'both', list: [1], last: 2 });
  });

  it('merges files that both branches added', () => {
    const repo = repository();
    repo.commit('topic', 'main', 'new.json', '{\n  "b": 2\n}\n');
    repo.commit('main', null, 'new.json', '{\n  "a": 1\n}\n');
    const merged = repo.run('merge', '-q', '--no-edit', 'topic');
    expect(merged.code, merged.text).toBe(0);
    expect(repo.read('new.json')).toBe('{\n  "a": 1,\n  "b": 2\n}\n');
  });

  it('merges a file that is no JSON as git does', () => {
    const repo = forked(true, [
      words('"a": 1', '"b": 1'),
      words('"a": 2', '"b": 1'),
      words('"a": 1', '"b": 3'),
    ]);
    const merged = repo.run('merge', '-q', '--no-edit', 'topic');
    expect(merged.code, merged.text).toBe(0);
    expect(repo.read('data.json')).toBe(words('"a": 2', '"b": 3'));
    const torn = forked(true, [
      words('"a": 1', '"b": 1'),
      words('"a": 2', '"b": 1'),
      words('"a": 3', '"b": 1'),
    ]);
    expect(torn.run('merge', 'topic').text).toContain('CONFLICT (content)');
    expect(torn.read('data.json')).toContain('<<<<<<< ours\n  "a": 2,\n=======\n  "a": 3,\n>>>>>>> topic\n');
  });

  it('copes with a criss-cross, whose base git merges first', () => {
    const repo = forked(true, [base, base.replace('"x"', '"main"'), base.replace('"x"', '"topic"')]);
    const resolveAs = (name: string): void => {
      repo.write('data.json', base.replace('"x"', `"${name}"`));
      repo.run('add', 'data.json');
      repo.run('commit', '-q', '--no-edit');
    };
    repo.run('branch', 'main-before');
    repo.run('merge', 'topic');
    resolveAs('main');
    repo.run('switch', '-q', 'topic');
    repo.run('merge', 'main-before');
    resolveAs('topic');
    repo.run('switch', '-q', 'main');
    const merged = repo.run('merge', 'topic');
    expect(merged.text).toContain('CONFLICT (content): Merge conflict in data.json');
    expect(repo.read('data.json')).toContain('"name": "main"');
    expect(repo.read('data.json')).toContain('"name": "topic"');
    expect(repo.read('data.json')).toContain('<<<<<<< ours\n');
  });

  it('takes names of files as they are', () => {
    const repo = repository();
    const name = 'it\'s a $(test) "name".json';
    repo.commit('main', null, name, '{"a": 1, "b": 1}\n');
    repo.commit('topic', 'main', name, '{"a": 1, "b": 2}\n');
    repo.commit('main', null, name, '{"a": 2, "b": 1}\n');
    const merged = repo.run('merge', '-q', '--no-edit', 'topic');
    expect(merged.code, merged.text).toBe(0);
    expect(repo.read(name)).toBe('{"a": 2, "b": 2}\n');
  });
});
