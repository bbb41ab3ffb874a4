import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analysed } from '../../../test/support/analysed.ts';
import { failure, value } from '../../../test/support/writes.ts';
import type { Result } from '../../core/result.ts';
import type { Analysis } from '../../core/vek/merge/analysis.ts';
import { jsonText } from '../output.ts';
import { takeBranch, takeFile, undecided, type Decided } from './merge-decide.ts';
import { readResolutions, type Resolutions } from './merge-file.ts';
import { previewJson } from './merge-json.ts';

const folder = mkdtempSync(join(tmpdir(), 'vekscope-resolutions-'));
let files = 0;
const read = (text: string | Uint8Array): Result<Resolutions> => {
  const path = join(folder, `${files++}.json`);
  writeFileSync(path, text);
  return readResolutions(path);
};
const take = (analysis: Analysis, text: string): Result<Decided> => takeFile(analysis, value(read(text)));

const one = analysed([
  {
    base: '{"a":1,"b":[1,2,3],"c":"x","t":"one\\ntwo\\nthree\\n","z":0}',
    ours: '{"a":2,"b":[1,9,3],"c":"y","t":"one\\n2\\nthree\\n","z":5}',
    theirs: '{"a":3,"b":[1,8,3],"t":"one\\nzwei\\nthree\\n","z":0}',
  },
  { base: '1', ours: '2', theirs: '1' },
  { base: null, ours: '[1]', theirs: '{"x":1.50}', identity: '{"doc":"new","n":1.0}' },
  { base: '1', ours: '2', theirs: '3', opaque: 'not JSON' },
]);
const [text, side, added, opaque] = one.documents;
const places = (decided: Decided) =>
  decided.open.map(({ document, unit }) => [document.identityText, unit?.id ?? null]);

describe('what is open', () => {
  it('is every conflict, and the whole of what can’t be merged by parts', () => {
    expect(places(undecided(one))).toEqual([
      [text!.identityText, '/a'],
      [text!.identityText, '/b#0'],
      [text!.identityText, '/c'],
      [text!.identityText, '/t#0'],
      [added!.identityText, ''],
      [opaque!.identityText, null],
    ]);
  });

  it('is nothing once everything is taken from one branch', () => {
    for (const [name, took] of [
      ['main', 'ours'],
      ['side', 'theirs'],
    ] as const) {
      const { decisions, open } = value(takeBranch(one, name));
      expect(open).toEqual([]);
      expect(decisions.map(({ document, whole }) => [document, whole])).toEqual([
        [text!.id, null],
        [added!.id, null],
        [opaque!.id, took],
      ]);
      for (const { choices } of decisions)
        for (const { choice } of choices) expect(choice).toEqual({ take: took });
    }
    const refused = failure(takeBranch(one, 'ours'));
    expect(refused.message).toContain('neither of the two branches');
    expect(refused.hint).toBe('Use: --take main, or --take side');
  });
});

const first = (conflicts: string): string =>
  `{"documents":[{"tool":"edit","identity":{"doc":"d0"},"conflicts":[${conflicts}]}]}`;

describe('a file of resolutions', () => {
  it('settles places one by one, values exactly as they stand', () => {
    const decided = value(
      take(
        one,
        first(`{"path":"/a","take":"value","value":1.50},{"path":"/b","take":"both","first":"side"},
          {"path":"/c","take":"nothing"},{"path":"/t","take":"value","value":"2 = zwei\\n"},{"path":"/z","take":"base"}`),
      ),
    );
    expect(decided.decisions).toEqual([
      {
        document: text!.id,
        whole: null,
        reopened: false,
        choices: [
          { unit: '/a', choice: { take: 'edit', text: '1.50' } },
          { unit: '/b#0', choice: { take: 'both', first: 'theirs' } },
          { unit: '/c', choice: { take: 'edit', text: null } },
          { unit: '/t#0', choice: { take: 'edit', text: '2 = zwei\n' } },
          { unit: '/z', choice: { take: 'base' } },
        ],
      },
    ]);
    expect(places(decided)).toEqual([
      [added!.identityText, ''],
      [opaque!.identityText, null],
    ]);
  });

  it('takes whole documents, also those that one branch changed', () => {
    const all = `{"documents":[
      {"tool":"edit","identity":{"n":1.0,"doc":"new"},"take":"side"},
      {"tool":"edit","identity":{"doc":"d1"},"take":"base"},
      {"tool":"edit","identity":{"doc":"d3"},"take":{"branch":"main"}},
      {"tool":"edit","identity":{"doc":"d0"},"take":"main"}]}`;
    const { decisions, open } = value(take(one, all));
    expect(open).toEqual([]);
    expect(decisions.map(({ document, whole }) => [document, whole])).toEqual([
      [added!.id, 'theirs'],
      [side!.id, 'base'],
      [opaque!.id, 'ours'],
      [text!.id, 'ours'],
    ]);
  });

  it('is the preview itself with “take” filled in', () => {
    const { open } = undecided(one);
    const preview = {
      verdict: 'conflicts',
      analysis: one,
      open,
      blocked: null,
      plan: null,
      notes: [],
    } as const;
    const printed = jsonText(previewJson(preview));
    const untouched = value(take(one, printed));
    expect(untouched).toEqual({ decisions: [], open });
    const filled = printed
      .replaceAll('"open":true,', '"open":true,"take":"side",')
      .replace('"whole_only":', '"take":"main","whole_only":');
    const { decisions, open: left } = value(take(one, filled));
    expect(left).toEqual([]);
    expect(decisions.map(({ choices }) => choices.length)).toEqual([4, 1, 0]);
    const moved: Analysis = { ...one, from: { ...one.from, tip: 'f'.repeat(64) } };
    const conflict = failure(take(moved, filled));
    expect(conflict.kind).toBe('conflict');
    expect(conflict.message).toContain('“side” was at bbbbbbbbbb');
    const renamed: Analysis = { ...one, into: { ...one.into, name: 'trunk' } };
    expect(failure(take(renamed, filled)).message).toContain('into “main”');
  });

  const wrong: [words: string, conflicts: string][] = [
    ['no change at “/q”', '{"path":"/q","take":"main"}'],
    ['is there twice', '{"path":"/a","take":"main"},{"path":"/a","take":"side"}'],
    ['neither “base” nor one of the two branches', '{"path":"/a","take":"ours"}'],
    ['Both can be kept of lists and of texts only', '{"path":"/a","take":"both"}'],
    ['“ours” is neither of the two branches', '{"path":"/b","take":"both","first":"ours"}'],
    ['Lines are given as a text', '{"path":"/t","take":"value","value":5}'],
    ['typed as a list', '{"path":"/b","take":"value","value":5}'],
    ['Only a value can be taken out', '{"path":"/b","take":"nothing"}'],
    ['surrogate', String.raw`{"path":"/a","take":"value","value":"\ud83d"}`],
  ];
  it.each(wrong)('is refused where it does not fit: %s', (words, conflicts) => {
    const refused = failure(take(one, first(conflicts)));
    expect(refused.kind).toBe('bad-request');
    expect(refused.message).toContain(words);
  });

  it('names unknown documents and documents that are there twice', () => {
    const unknown = failure(
      take(one, '{"documents":[{"tool":"edit","identity":{"doc":"q"},"take":"main"}]}'),
    );
    expect(unknown.message).toContain('No document of “edit” that changed is named {"doc":"q"}');
    const entry = '{"tool":"edit","identity":{"doc":"d0"},"take":"main"}';
    expect(failure(take(one, `{"documents":[${entry},${entry}]}`)).message).toContain(
      'edit {"doc":"d0"} is there twice',
    );
    const part = '{"tool":"edit","identity":{"doc":"d3"},"conflicts":[{"path":"","take":"main"}]}';
    expect(failure(take(one, `{"documents":[${part}]}`)).message).toContain('no change at “”');
  });

  const misread: [words: string, text: string | Uint8Array][] = [
    ['is not JSON', '{"documents":['],
    ['is not JSON', new Uint8Array([0x22, 0xff, 0x22])],
    ['The file is no object', '[]'],
    ['a key “document”, which means nothing', '{"document":[]}'],
    ['has a key more than once', '{"documents":[],"documents":[]}'],
    ['“documents” is no list', '{"documents":{}}'],
    ['documents[0].identity is missing', '{"documents":[{"tool":"edit"}]}'],
    ['documents[0].tool is missing', '{"documents":[{"identity":{}}]}'],
    [
      'takes the whole document and parts of it',
      first('{"path":"/a","take":"main"}').replace('"tool"', '"take":"main","tool"'),
    ],
    ['only be the name of a branch', '{"documents":[{"tool":"e","identity":1,"take":"both"}]}'],
    ['“value” and no “take”', first('{"path":"/a","value":1}')],
    ['takes a value and has no “value”', first('{"path":"/a","take":"value"}')],
    ['a key “pth”', first('{"pth":"/a","take":"main"}')],
    ['conflicts[0].path is missing', first('{"take":"main"}')],
    ['rules[0].rule is none of', '{"rules":[{"tool":"a","rule":"magic"}]}'],
    ['names “a” again', '{"rules":[{"tool":"a","rule":"call"},{"tool":"a","rule":"tool"}]}'],
  ];
  it.each(misread)('is refused where it can’t be understood: %s', (words, content) => {
    const refused = failure(read(content));
    expect(refused.kind).toBe('bad-request');
    expect(refused.message).toContain(words);
  });

  it('that is missing is an error', () => {
    expect(failure(readResolutions(join(folder, 'nowhere.json'))).kind).toBe('not-found');
    expect(readResolutions(folder).ok).toBe(false);
  });

  it('confirms only rules that a person confirmed', () => {
    const rules = value(
      read(`{"rules":[
        {"tool":"a","rule":"call","reason":"assumed","confirmed":false},
        {"tool":"b","rule":"call","reason":"assumed","confirmed":true},
        {"tool":"c","rule":"/path","reason":"naming","confirmed":true},
        {"tool":"d","rule":"/x+/y","reason":"chosen","confirmed":true},
        {"tool":"e","rule":"tool"}]}`),
    ).rules;
    expect([...rules.keys()]).toEqual(['b', 'd', 'e']);
  });

  it('tells branches from words of its own', () => {
    const odd = analysed([{ base: '1', ours: '2', theirs: '3' }], {
      into: { ...one.into, name: 'base' },
      from: { ...one.from, name: 'both' },
    });
    expect(failure(take(odd, first('{"path":"","take":"base"}'))).message).toContain('{"branch": "base"}');
    const decided = value(take(odd, first('{"path":"","take":{"branch":"both"}}')));
    expect(decided.decisions[0]!.choices).toEqual([{ unit: '', choice: { take: 'theirs' } }]);
  });

  it('crashes on no file', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.json(),
          fc.string(),
          fc.json().map((json) => `{"documents":[${json}],"rules":[${json}]}`),
        ),
        (content) => {
          const result = read(content);
          if (result.ok) takeFile(one, result.value);
          else expect(result.error.kind).toBe('bad-request');
        },
      ),
      { numRuns: 300 },
    );
  });
});
