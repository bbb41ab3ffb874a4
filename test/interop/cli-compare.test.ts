import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import '../support/data-folder.ts';
import { errorOf, jsonOutText, runHere, type Ran } from '../support/cli.ts';
import { folderState } from '../support/folder-state.ts';
import { copyGolden, expectedOf } from '../support/goldens.ts';
import { writeHistory } from '../support/history.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function golden(name: string): string {
  const root = copyGolden(name);
  folders.push(root);
  return root;
}

const compare = (root: string, ...args: string[]): Promise<Ran> =>
  runHere('compare', ...args, '--repo', root);

type Runs = {
  readonly fork: string | null;
  readonly forks: readonly string[];
  readonly shared: number;
  readonly same: number;
  readonly changed: number;
  readonly only_a: number;
  readonly only_b: number;
  readonly ignored: number;
  readonly first_difference: number | null;
  readonly totals: Record<'a' | 'b', { readonly calls: number; readonly failed: number }>;
  readonly rows: readonly { readonly kind: string; readonly a: string | null; readonly b: string | null }[];
};

async function runs(root: string, ...args: string[]): Promise<Runs & { readonly code: number | null }> {
  const ran = await compare(root, ...args, '--json');
  return { ...(JSON.parse(ran.out) as Runs), code: ran.code };
}

describe('two runs', () => {
  it('are told in words, and change nothing', async () => {
    const root = golden('forked');
    const before = folderState(join(root, '.vek'));
    const { code, out } = await compare(root, 'main', 'try-retry');
    expect(code).toBe(1);
    expect(out).toContain('split at 2615913b77, 3 calls in common');
    expect(out).toContain('≠ a7a2656b51 e466ff8a6d edit  input differs');
    expect(out).toContain('< 5b9d4e950f lint');
    expect(out).toContain('> 5134530058 write_file');
    expect(folderState(join(root, '.vek'))).toEqual(before);
  });

  it('give all rows as JSON, every call once', async () => {
    const found = await runs(golden('forked'), 'main', 'try-retry');
    expect(found).toMatchObject({
      code: 1,
      shared: 3,
      same: 0,
      changed: 3,
      only_a: 2,
      only_b: 3,
      first_difference: 0,
      totals: { a: { calls: 5 }, b: { calls: 6, failed: 1 } },
    });
    const calls = found.rows.flatMap(({ a, b }) => [a, b]).filter((hash) => hash !== null);
    expect(new Set(calls).size).toBe(11);
    expect(calls).toHaveLength(11);
  });

  it('take the newest of several splits and name all', async () => {
    const root = golden('forked');
    const named = expectedOf('forked')['named'] as { readonly criss_bases: readonly string[] };
    const found = await runs(root, 'try-retry', 'docs/changelog');
    expect(found.forks.toSorted()).toEqual(named.criss_bases.toSorted());
    expect(found.fork).toBe(found.forks[0]);
    const { err } = await compare(root, 'try-retry', 'docs/changelog');
    expect(err).toContain('merged into each other crosswise');
  });

  it('that are the same end with 0', async () => {
    const root = golden('forked');
    expect((await compare(root, 'main', 'green')).code).toBe(0);
    expect(await runs(root, 'main', 'main')).toMatchObject({ code: 0, rows: [], first_difference: null });
  });

  it('that differ only in what is ignored are the same', async () => {
    const ids = ['r-1', 'r-2'].map((id) => `{"request_id":"${id}","text":"a","ts":"${id}"}`);
    const { folder } = writeHistory(
      [
        { tool: 'a', second: 0 },
        { tool: 'say', second: 1, after: 0, input: ids[0]! },
        { tool: 'say', second: 2, after: 0, input: ids[1]! },
      ],
      { main: 1, other: 2 },
    );
    folders.push(folder);
    expect((await compare(folder, 'main', 'other')).code).toBe(1);
    expect((await compare(folder, 'main', 'other', '--ignore', 'ids')).code).toBe(1);
    const both = ['--ignore', 'ids', '--ignore', 'times'];
    expect(await runs(folder, 'main', 'other', ...both)).toMatchObject({ code: 0, same: 1, ignored: 1 });
    expect((await compare(folder, 'main', 'other', '--ignore', 'ids', '--ignore', 'field:ts')).code).toBe(0);
    expect((await compare(folder, 'main', 'other', ...both)).out).toContain('ignored: times, ids');
  });

  it('can be named by hashes', async () => {
    const found = await runs(golden('forked'), '5e32db38', '5da08205', '--runs');
    expect(found.shared).toBe(3);
  });
});

describe('two calls', () => {
  it('differ as the real tool says, field by field', async () => {
    const root = golden('forked');
    type Diff = { readonly a: string; readonly b: string; readonly result: Record<string, unknown> };
    for (const { a, b, result } of expectedOf('forked')['diff'] as readonly Diff[]) {
      const { out, code } = await compare(root, a, b, '--json');
      const found = JSON.parse(out) as Record<
        'input' | 'output',
        { readonly same: boolean; readonly changes: unknown }
      >;
      expect(found.input.same).toBe(result['input_match']);
      expect(found.output.same).toBe(result['output_match']);
      for (const side of ['input', 'output'] as const) {
        const expected = result[`${side}_diff`] as readonly { readonly path: string }[] | undefined;
        // The real tool writes the whole value as `/`, which as a pointer (RFC 6901) is the key "", and aligns lists
        // by position only, which ours are not.
        const whole = JSON.stringify(expected ?? []).replaceAll('"path":"/"', '"path":""');
        if (!whole.includes('[0]')) expect(found[side].changes).toEqual(JSON.parse(whole));
      }
      expect(code).toBe(found.input.same && found.output.same ? 0 : 1);
    }
  });

  it('keep the text of numbers', async () => {
    const { folder, hashes } = writeHistory(
      [
        { tool: 'a', second: 0, output: '{"big":12345678901234567890,"n":1.0}' },
        { tool: 'a', second: 1, input: '{"n":0}', output: '{"big":12345678901234567891,"n":1}' },
      ],
      { main: 1 },
    );
    folders.push(folder);
    const text = jsonOutText(await compare(folder, hashes[0]!, hashes[1]!, '--json'));
    expect(text).toContain('"path":"/big","old":12345678901234567890,"new":12345678901234567891');
    expect(text).toContain('"path":"/n","old":1.0,"new":1');
  });

  it('are compared instead of runs where both have names and it is asked for', async () => {
    const root = golden('conflict');
    expect((await compare(root, 'clean-a', 'clean-b', '--calls')).out).toContain('input: the same');
    expect((await compare(root, 'clean-a', 'clean-b')).out).toContain('split at');
  });

  it('show control characters as escapes', async () => {
    const { folder, hashes } = writeHistory(
      [
        { tool: 'a', second: 0, output: '"\\u001b[31mred"' },
        { tool: 'a', second: 1, input: '{"n":0}', output: '"x"' },
      ],
      { main: 1 },
    );
    folders.push(folder);
    const { out } = await compare(folder, hashes[0]!, hashes[1]!);
    expect(out).not.toContain('\u001b[31mred');
  });
});

describe('bad use', () => {
  it.each([
    [['main', 'gone'], 'not-found'],
    [['main', ''], 'ambiguous'],
    [['main', 'main', '--calls', '--runs'], 'bad-request'],
    [['main', 'main', '--ignore', 'everything'], 'bad-request'],
    [['main', 'main', '--ignore', 'field:'], 'bad-request'],
    [['main'], 'bad-request'],
  ])('%j is %s', async (args, kind) => {
    const ran = await compare(golden('forked'), ...args, '--json');
    expect(ran.code).toBe(2);
    expect(errorOf(ran).kind).toBe(kind);
  });
});
