import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
  chmodSync,
  lstatSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import '../support/data-folder.ts';
import { errorOf, jsonOut, jsonOutText, runCommand, runHere } from '../support/cli.ts';
import { expectedOf } from '../support/goldens.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vekscope-merge3-'));
});

const at = (name: string): string => join(folder, name);
const inFolder = (name: string): string => readFileSync(at(name), 'utf8');

/** Writes the three files and gives their paths. */
function files(base: string, ours: string, theirs: string): [string, string, string] {
  writeFileSync(at('base.json'), base);
  writeFileSync(at('ours.json'), ours);
  writeFileSync(at('theirs.json'), theirs);
  return [at('base.json'), at('ours.json'), at('theirs.json')];
}

async function answer(base: string, ours: string, theirs: string) {
  const ran = await runHere('merge3', ...files(base, ours, theirs), '--json');
  return { code: ran.code, text: jsonOutText(ran) };
}

it('names the folder of --out where there is none', async () => {
  const out = at('none/result.json');
  const ran = await runHere('merge3', ...files('1', '2', '1'), '--out', out, '--json');
  expect([ran.code, errorOf(ran).message]).toEqual([2, `${at('none')} does not exist.`]);
});

describe('merge3 --json', () => {
  it('says what was taken from whom, with numbers as they stand', async () => {
    expect(
      await answer(
        '{"a":1,"b":[1,2],"c":{"d":0}}',
        '{"c":{"d":1.50},"a":1,"b":[1,2],"same":true}',
        '{"a":12345678901234567890,"b":[1,2,3.0],"c":{"d":0},"same":true}',
      ),
    ).toEqual({
      code: 0,
      text: '{"result":{"c":{"d":1.50},"a":12345678901234567890,"b":[1,2,3.0],"same":true},"taken":{"ours":["/c/d"],"theirs":["/a","/b"],"both":["/same"]},"conflicts":[]}',
    });
  });

  it('tells null from what is not there, and gives parts of texts and lists as one place', async () => {
    expect(
      await answer(
        '{"n":1,"gone":1,"t":"1\\n2\\n3\\n4\\n5","l":[1,2,3,4,5],"k":1}',
        '{"n":null,"t":"A\\n2\\n3\\n4\\nB","l":[10,2,3,4,50],"k":2}',
        '{"n":2,"gone":2,"t":"X\\n2\\n3\\n4\\nY","l":[11,2,3,4,51],"k":1}',
      ),
    ).toEqual({
      code: 1,
      text: [
        '{"result":null,"taken":{"ours":["/k"],"theirs":[],"both":[]},"conflicts":[',
        '{"path":"/n","kind":"type","base":1,"ours":null,"theirs":2},',
        '{"path":"/gone","kind":"delete/modify","base":1,"ours":null,"theirs":2,"absent":["ours"]},',
        '{"path":"/t","kind":"text","base":"1\\n2\\n3\\n4\\n5","ours":"A\\n2\\n3\\n4\\nB","theirs":"X\\n2\\n3\\n4\\nY",',
        '"hunks":[{"base":"1\\n","ours":"A\\n","theirs":"X\\n"},{"base":"5","ours":"B","theirs":"Y"}]},',
        '{"path":"/l","kind":"array","base":[1,2,3,4,5],"ours":[10,2,3,4,50],"theirs":[11,2,3,4,51],',
        '"hunks":[{"base":[1],"ours":[10],"theirs":[11]},{"base":[5],"ours":[50],"theirs":[51]}]}',
        ']}',
      ].join(''),
    });
  });

  it('escapes keys in paths', async () => {
    const { text } = await answer('{}', '{"a/b":1,"c[0]":{"~":1}}', '{"a/b":2,"c[0]":{"~":2}}');
    expect([...text.matchAll(/"path":"([^"]*)"/g)].map((found) => found[1])).toEqual(['/a~1b', '/c~20]/~0']);
  });

  it('is a conflict of the whole document where two were added', async () => {
    expect((await answer('', '1', '2')).text).toContain(
      '"conflicts":[{"path":"","kind":"add/add","base":null,"ours":1,"theirs":2,"absent":["base"]}]',
    );
  });
});

describe('the conflict golden', () => {
  type Expected = Readonly<
    Record<
      | 'auto_from_ours'
      | 'auto_from_theirs'
      | 'same_change_both_sides'
      | 'true_conflicts'
      | 'depends_on_array_or_text_strategy',
      readonly string[]
    >
  >;
  const golden = expectedOf('conflict') as unknown as {
    readonly three_way: Readonly<Record<string, Expected>>;
    readonly named: Readonly<Record<string, string>>;
    readonly export_json: {
      readonly nodes: readonly { readonly hash: string; readonly output_hash: string }[];
      readonly objects: readonly { readonly hash: string; readonly content_b64: string }[];
    };
  };
  /** The document of a named version, as it is stored. */
  const versionOf = (name: string): string => {
    const { nodes, objects } = golden.export_json;
    const node = nodes.find(({ hash }) => hash === golden.named[name]);
    const object = objects.find(({ hash }) => hash === node?.output_hash);
    return Buffer.from(object!.content_b64, 'base64').toString();
  };
  const mergeVersions = async (ours: string, theirs: string) => {
    const ran = await runHere(
      'merge3',
      ...files(versionOf('base'), versionOf(ours), versionOf(theirs)),
      '--json',
    );
    const { taken, conflicts } = JSON.parse(ran.out) as {
      taken: Record<'ours' | 'theirs' | 'both', string[]>;
      conflicts: { path: string }[];
    };
    return { code: ran.code, taken, conflicts: conflicts.map(({ path }) => path) };
  };

  it('has exactly the conflicts that were found by hand', async () => {
    const wanted = golden.three_way['base_ours_theirs']!;
    const free = new Set(wanted.depends_on_array_or_text_strategy);
    const strict = (paths: readonly string[]): readonly string[] =>
      paths.filter((path) => !free.has(path)).toSorted();
    const { code, taken, conflicts } = await mergeVersions('ours', 'theirs');
    expect(code).toBe(1);
    expect(strict(conflicts)).toEqual(wanted.true_conflicts.toSorted());
    expect(strict(taken.ours)).toEqual(wanted.auto_from_ours.toSorted());
    expect(strict(taken.theirs)).toEqual(wanted.auto_from_theirs.toSorted());
    expect(strict(taken.both)).toEqual(wanted.same_change_both_sides.toSorted());
  });

  it('has none between the two clean versions', async () => {
    expect(await mergeVersions('clean_a', 'clean_b')).toMatchObject({ code: 0, conflicts: [] });
  });
});

describe('merge3', () => {
  it('prints the merged file, ours but for what theirs changed, to the byte', async () => {
    const ours = '{\r\n\t"a" : 1.0,\r\n\t"b" : [ 1,2 ]\r\n}';
    const ran = await runCommand(['merge3', ...files('{"a":1.0,"b":[1]}', ours, '{"a":2.50,"b":[1]}')]);
    expect(ran).toEqual({ code: 0, out: ours.replace('1.0', '2.50'), err: '' });
  });

  it('writes over one of its inputs in one step, keeps its mode and follows a link', async () => {
    const [base, ours, theirs] = files('{"a":1,"b":1}\n', '{"a":2,"b":1}\n', '{"a":1, "b":2}\n');
    chmodSync(ours, 0o640);
    symlinkSync('ours.json', at('link.json'));
    const ran = await runHere('merge3', base, ours, theirs, '--out', at('link.json'));
    expect(ran).toMatchObject({ code: 0, err: '' });
    expect(ran.out).toMatch(/^Merged .*link\.json: 1 from ours, 1 from theirs, 0 the same in both\n$/);
    expect(inFolder('ours.json')).toBe('{"a":2,"b":2}\n');
    expect(statSync(ours).mode & 0o777).toBe(0o640);
    expect(lstatSync(at('link.json')).isSymbolicLink()).toBe(true);
    expect(readdirSync(folder).toSorted()).toEqual(['base.json', 'link.json', 'ours.json', 'theirs.json']);
  });

  it('writes nothing while conflicts are left, and lists them', async () => {
    const paths = files('{"a":1}', '{"a":"\\u001b[31m"}', '{}');
    const ran = await runHere('merge3', ...paths, '--out', at('new.json'));
    expect(ran.code).toBe(1);
    expect(ran.out).toBe(
      [
        `1 conflict in ${at('new.json')}`,
        '/a: ours changed it, theirs deleted it',
        '  base    1',
        '  ours    "\\u001b[31m"',
        '  theirs  (not there)',
        'Nothing was written.',
        '',
      ].join('\n'),
    );
    expect(readdirSync(folder)).not.toContain('new.json');
    const printed = await runHere('merge3', ...paths);
    expect(printed).toMatchObject({ code: 1, out: '' });
    expect(printed.err).toContain('/a: ours changed it');
  });

  it('with --markers leaves what can be resolved by hand', async () => {
    const paths = files(
      '{\n  "a": 1,\n  "b": 1\n}\n',
      '{\n  "a": 2,\n  "b": 1\n}\n',
      '{\n  "a": 3,\n  "b": 4\n}\n',
    );
    const marked = '{\n<<<<<<< ours\n  "a": 2,\n=======\n  "a": 3,\n>>>>>>> theirs\n  "b": 4\n}\n';
    expect(await runHere('merge3', ...paths, '--markers')).toMatchObject({ code: 1, out: marked });
    const ran = await runHere('merge3', ...paths, '--markers', '--out', paths[1], '--path', 'x.json');
    expect(ran.code).toBe(1);
    expect(ran.out).toMatch(/^1 conflict in x\.json\n/);
    expect(inFolder('ours.json')).toBe(marked);
  });

  it('takes no byte at all as no base', async () => {
    const [, ours, theirs] = files('', '{"a":1}\n', '{"b":2}\n');
    expect(await runHere('merge3', '/dev/null', ours, theirs)).toMatchObject({
      code: 0,
      out: '{"a":1,"b":2}\n',
    });
  });
});

describe('what can’t be merged', () => {
  it.each<[title: string, content: string | Uint8Array, message: RegExp]>([
    ['no JSON', '{\n  // words\n}', /ours\.json is no JSON that can be merged: .* \(line 2, column 3\)\.$/],
    ['nothing', '', /ours\.json is no JSON that can be merged: The text ends/],
    ['no text', Uint8Array.of(0x22, 0xff, 0x22), /valid UTF-8 at byte 1\.$/],
    ['nested too deep', '['.repeat(3000) + ']'.repeat(3000), /nested more than 2000 levels/],
  ])('%s', async (_, content, message) => {
    const paths = files('{}', '{}', '{}');
    writeFileSync(paths[1], content);
    const ran = await runHere('merge3', ...paths, '--out', at('new.json'), '--json');
    expect(ran.code).toBe(2);
    expect(errorOf(ran).message).toMatch(message);
    expect(errorOf(ran).hint).not.toBe('');
    expect(jsonOut(ran).kind).toBe('object');
    expect(readdirSync(folder)).not.toContain('new.json');
  });

  it('files that are not there, folders, and too few of them', async () => {
    const [base, ours] = files('{}', '{}', '{}');
    expect(errorOf(await runHere('merge3', base, ours, at('none.json'), '--json'))).toMatchObject({
      kind: 'not-found',
    });
    expect(errorOf(await runHere('merge3', base, folder, ours, '--json')).kind).toBe('bad-request');
    expect(errorOf(await runHere('merge3', base, ours, '--json')).kind).toBe('bad-request');
    expect((await runHere('merge3', base, ours, ours, '--out', folder)).code).toBe(2);
    expect((await runHere('merge3', base, ours, ours, '--out', at('no/such/folder'))).code).toBe(2);
  });

  it('is merged by line with --markers, as git would', async () => {
    const paths = files('// c\n{\n"a":1\n}\n', '// c\n{\n"a":2\n}\n', '// d\n{\n"a":1\n}\n');
    const ran = await runHere('merge3', ...paths, '--markers', '--out', paths[1]);
    expect(ran).toMatchObject({ code: 0, out: '' });
    expect(ran.err).toMatch(/is no JSON .* It was merged by line\.\n$/);
    expect(inFolder('ours.json')).toBe('// d\n{\n"a":2\n}\n');
    const again = files('// c\n1\n', '// c\n2\n', '// c\n3\n');
    expect(await runHere('merge3', ...again, '--markers')).toMatchObject({
      code: 1,
      out: '// c\n<<<<<<< ours\n2\n=======\n3\n>>>>>>> theirs\n',
    });
  });
});
