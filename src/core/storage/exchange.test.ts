import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exchangeExpected, exchangeFiles } from './exchange.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vekscope-exchange-'));
  write('file', 'old\n');
  write('ready', 'new\n');
  write('kept', 'old\n');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const at = (name: string): string => join(folder, name);
const write = (name: string, text: string): void => writeFileSync(at(name), text);
const read = (name: string): string | null => (existsSync(at(name)) ? readFileSync(at(name), 'utf8') : null);
const put = (between: readonly string[] = []) =>
  exchangeExpected(at('ready'), at('file'), at('kept'), between);

/** A program that writes the next of these texts into the file each time it is run, by replacing it. */
function writer(...texts: string[]): string[] {
  for (const [i, text] of texts.entries()) write(`their-${i}`, text);
  const script = `n=$(cat ${at('count')} 2>/dev/null || echo 0); echo $((n+1)) > ${at('count')}
if [ -f ${at('their-')}$n ]; then mv ${at('their-')}$n ${at('file')}; fi`;
  writeFileSync(at('writer.sh'), script);
  chmodSync(at('writer.sh'), 0o755);
  return ['sh', at('writer.sh')];
}

describe.skipIf(process.platform !== 'linux')('exchanging files', () => {
  it('exchanges two files, and says where one is missing', () => {
    expect(exchangeFiles(at('ready'), at('file'))).toBe('done');
    expect([read('file'), read('ready')]).toEqual(['new\n', 'old\n']);
    expect(exchangeFiles(at('ready'), at('none'))).toBe('missing');
    expect(read('ready')).toBe('old\n');
  });

  it('exchanges where the file is as expected', () => {
    expect(put()).toEqual({ state: 'done', displaced: [] });
    expect([read('file'), read('ready')]).toEqual(['new\n', 'old\n']);
  });

  it('does nothing where it is not, or is gone', () => {
    write('file', 'theirs\n');
    expect(put()).toEqual({ state: 'changed', displaced: [] });
    expect([read('file'), read('ready')]).toEqual(['theirs\n', 'new\n']);
    rmSync(at('file'));
    expect(put()).toEqual({ state: 'changed', displaced: [] });
    expect([read('file'), read('ready')]).toEqual([null, 'new\n']);
  });

  it('puts back what another wrote after the comparing', () => {
    const { state, displaced } = put(writer('theirs 1\n'));
    expect(state).toBe('changed');
    expect(displaced.map(String)).toEqual(['theirs 1\n']);
    expect([read('file'), read('ready')]).toEqual(['theirs 1\n', 'new\n']);
  });

  it('gives the last word to the one who wrote last', () => {
    const { state, displaced } = put(writer('theirs 1\n', 'theirs 2\n', 'theirs 3\n'));
    expect(state).toBe('changed');
    expect(displaced.map(String)).toEqual(['theirs 1\n', 'theirs 2\n', 'theirs 3\n']);
    expect(read('file')).toBe('theirs 3\n');
  });

  it('keeps texts of others whole, whatever bytes they have', () => {
    const odd = '12\n\n3\n\u0000\u00ff';
    expect(put(writer(odd)).displaced.map(String)).toEqual([odd]);
    expect(read('file')).toBe(odd);
  });

  it('does not bring back what was removed in between', () => {
    const { state } = put(['rm', at('file')]);
    expect(state).toBe('changed');
    expect(read('file')).toBe(null);
  });
});
