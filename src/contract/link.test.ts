import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatLink, looksLikeLink, parseLink } from './link.ts';

const hash = fc
  .array(fc.constantFrom(...'0123456789abcdef'), { minLength: 64, maxLength: 64 })
  .map((d) => d.join(''));
const part = fc
  .string({ unit: 'grapheme', maxLength: 12 })
  .filter((text) => text.isWellFormed() && !text.includes('\0'));
const path = fc.oneof(
  fc.array(part, { maxLength: 5 }).map((parts) => `/${parts.join('/')}`),
  fc.array(part, { maxLength: 5 }).map((parts) => `C:\\${parts.join('\\')}`),
  fc.array(part, { maxLength: 5 }).map((parts) => `\\\\server\\${parts.join('\\')}`),
);
const some = 'ab'.repeat(32);

describe('a link to a call', () => {
  it('is read back as it was written, whatever the folder is called', () => {
    fc.assert(
      fc.property(path, hash, (folder, digits) => {
        const link = formatLink({ path: folder, hash: digits });
        expect(link).not.toBeNull();
        expect(link).toMatch(/^vekscope:[\x21-\x7e]+$/);
        expect(parseLink(link!)).toEqual({ path: folder, hash: digits });
      }),
    );
  });

  it('survives what a parser of addresses makes of it', () => {
    fc.assert(
      fc.property(path, hash, (folder, digits) => {
        const link = formatLink({ path: folder, hash: digits })!;
        if (folder.split('/').some((name) => name === '.' || name === '..')) return;
        expect(parseLink(new URL(link).href)).toEqual({ path: folder, hash: digits });
      }),
    );
  });

  it('looks as it is documented', () => {
    expect(formatLink({ path: '/home/ada/my runs', hash: some })).toBe(
      `vekscope:/home/ada/my%20runs#${some}`,
    );
  });

  it('is read with an empty host, blanks around it and digits in capitals', () => {
    expect(parseLink(` vekscope:///home/ada#${some.toUpperCase()}\n`)).toEqual({
      path: '/home/ada',
      hash: some,
    });
    expect(parseLink(`VEKSCOPE:/home#${some}`)).toEqual({ path: '/home', hash: some });
  });

  it.each([
    '',
    'vekscope:',
    `vekscope:#${some}`,
    `vekscope:home#${some}`,
    `vekscope://host/home#${some}`.replace('//host', 'host'),
    `vekscope:/home#${some}0`,
    `vekscope:/home#${some.slice(1)}`,
    'vekscope:/home',
    `vekscope:/ho%00me#${some}`,
    `vekscope:/ho%E0%A4%Ame#${some}`,
    `vekscope:/%#${some}`,
    `https:/home#${some}`,
    `vekscope:/${'a'.repeat(50_000)}#${some}`,
  ])('%s is none', (text) => {
    expect(parseLink(text)).toBeNull();
  });

  it.each([
    ['relative/path', some],
    ['/home\0', some],
    ['/ho\ud800me', some],
    ['/home', 'HEAD'],
    ['/home', some.toUpperCase()],
  ])('there is none to %s with the hash %s', (folder, digits) => {
    expect(formatLink({ path: folder, hash: digits })).toBeNull();
  });

  it('never throws, whatever is pasted', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        parseLink(text);
        parseLink(`vekscope:/${text}#${some}`);
        expect(looksLikeLink(`vekscope:${text}`)).toBe(true);
      }),
    );
  });
});
