import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { numberOfText, textsFrom, textsWith } from './pool-search.ts';
import { TextPool } from './text-pool.ts';

const text = fc.oneof(
  fc.stringMatching(/^[abAB]{0,4}$/),
  fc.string({ unit: 'binary', maxLength: 4 }).filter((one) => one.isWellFormed()),
);

describe('a search in a pool of texts', () => {
  it('finds what a look at each text finds', () => {
    fc.assert(
      fc.property(
        fc.array(text, { maxLength: 12 }),
        text.filter((one) => one !== ''),
        (texts, needle) => {
          const pool = new TextPool();
          for (const one of texts) pool.add(one);
          const all = Array.from({ length: pool.size }, (_, id) => pool.text(id));
          const by = (fits: (one: string) => boolean) =>
            all.map((one) => (one !== null && fits(one) ? 1 : 0));
          const found = (hits: Uint8Array | null) => [...(hits ?? new Uint8Array(pool.size))];
          expect(found(textsWith(pool, needle))).toEqual(
            by((one) => one.toLowerCase().includes(needle.toLowerCase())),
          );
          expect(found(textsFrom(pool, needle))).toEqual(by((one) => one.startsWith(needle)));
          expect(numberOfText(pool, needle)).toBe(pool.findText(needle));
          expect(numberOfText(pool, texts[0] ?? 'zz')).toBe(pool.findText(texts[0] ?? 'zz'));
        },
      ),
      { numRuns: 1000 },
    );
  });
});
