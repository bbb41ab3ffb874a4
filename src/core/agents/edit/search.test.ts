import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { limits } from '../../storage/limits.ts';
import { openFolder } from '../folder.ts';
import { agentsRootAt } from '../root.ts';
import { searchFiles } from './search.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'vekscope-search-'));
  put('elm/model.md', '## Default model\n\n**`gpt-5`**\n');
  put('elm/persona/IDENTITY.md', '# Elm\n\nAn elm.\n');
  put('oak/model.md', '## Default model\n\n**`gpt-5`**\n');
  put('oak/persona/SOUL.md', 'Calm.\r\nAcorns matter.\r\n');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function put(path: string, text: string | Uint8Array): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

function search(text: string, agent: string | null = null) {
  const found = agentsRootAt(root);
  if (!found.ok || found.value === null) throw new Error('no agents');
  const ctx = { folder: openFolder(found.value), dataDir: '', today: '2026-06-08', nowMicros: () => 0 };
  const answer = searchFiles({ ...ctx, from: 'window' }, agent, text);
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.value;
}

const places = (text: string, agent: string | null = null) =>
  search(text, agent).hits.map(({ path, line, from, to }) => `${path}:${line}:${from}-${to}`);

describe('a search in files', () => {
  it('finds either case with the right line and place, whatever the line ends', () => {
    expect(places('ELM')).toEqual(['elm/persona/IDENTITY.md:1:2-5', 'elm/persona/IDENTITY.md:3:3-6']);
    expect(places('acorns')).toEqual(['oak/persona/SOUL.md:2:0-6']);
    expect(search('acorns').hits[0]!.text).toBe('Acorns matter.');
    expect(places('acorns', 'elm')).toEqual([]);
    expect(places('(.*)')).toEqual([]);
  });

  it('finds what was asked, and where it says, in any text', () => {
    const alphabet = fc.constantFrom(
      'a',
      'A',
      'İ',
      'ß',
      'é',
      'e\u0301',
      '😀',
      '\n',
      '\r\n',
      ' ',
      '-',
      '$',
      'ſ',
      'K',
    );
    fc.assert(
      fc.property(
        fc.array(alphabet, { maxLength: 60 }),
        fc.string({ unit: alphabet, minLength: 1, maxLength: 3 }),
        (all, text) => {
          fc.pre(text.trim() !== '' && !/[\r\n]/.test(text));
          const whole = all.join('');
          put('elm/memory/n.md', whole);
          const { hits } = search(text, 'elm');
          const mine = hits.filter(({ path }) => path === 'elm/memory/n.md');
          const rows = whole.split(/\r\n|\n/);
          for (const hit of mine) {
            expect(rows[hit.line - 1]).toBe(hit.text);
            const said = hit.text.slice(hit.from, hit.to).normalize('NFC');
            expect(said.toLowerCase().toUpperCase()).toBe(text.normalize('NFC').toLowerCase().toUpperCase());
          }
          if (whole.includes(text)) expect(mine.length).toBeGreaterThan(0);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('never finds or shows a secret of mcp.md', () => {
    put('elm/mcp.md', '## a\ncommand: x\nenv: KEY=hunter2\n');
    expect(places('hunter')).toEqual([]);
    const [hit] = search('env:').hits;
    expect(hit!.text).toContain('KEY=');
    expect(JSON.stringify(search('KEY'))).not.toContain('hunter');
  });

  it('leaves out logs, former versions and the runtime’s own files', () => {
    put('elm/log/2026-06/2026-06-08.jsonl', '{"x":"zebra"}\n');
    put('elm/memory/.versions/n/1.md', 'zebra');
    put('elm/.lock', 'zebra');
    put('elm/conversations/p/c/1.json', '{"content":"zebra"}');
    expect(places('zebra')).toEqual(['elm/conversations/p/c/1.json:1:12-17']);
  });

  it('says what was not searched, by name', () => {
    put('elm/wiki/long.md', 'zebra '.repeat(limits.agentFileBytes / 6 + 1));
    put('elm/wiki/bytes.md', Uint8Array.of(0x7a, 0xff));
    put('elm/wiki/many.md', 'zebra\n'.repeat(limits.fileSearchFileHits + 1));
    const { hits, files, left } = search('zebra');
    expect(hits).toHaveLength(limits.fileSearchFileHits);
    expect(files).toBe(1);
    expect(left).toEqual([
      'Larger than 8 MB, and not searched: elm/wiki/long.md.',
      `Only the first ${limits.fileSearchFileHits} places are listed of elm/wiki/many.md.`,
      'No text, or not readable: elm/wiki/bytes.md.',
    ]);
    expect(search('zebra', 'oak').left).toEqual([]);
  });

  it('shows a part of a long line, with the place in it', () => {
    put('elm/conversations/p/c/1.json', `"${'😀'.repeat(2_000)}zebra${'😀'.repeat(2_000)}"`);
    const [hit] = search('zebra').hits;
    expect(hit!.text.slice(hit!.from, hit!.to)).toBe('zebra');
    expect(hit!.text.length).toBeLessThan(600);
    expect(hit!.text.isWellFormed()).toBe(true);
    expect(hit!.text).toMatch(/^….*…$/u);
  });

  it('stops listing at a number of places, and says so', () => {
    for (let i = 0; i < 25; i++) put(`elm/memory/user_${i}.md`, 'zebra '.repeat(90));
    const { hits, left } = search('zebra');
    expect(hits).toHaveLength(limits.fileSearchHits);
    expect(left).toEqual([
      `The first ${limits.fileSearchHits} places are listed. Type more letters to find fewer.`,
    ]);
  });
});
