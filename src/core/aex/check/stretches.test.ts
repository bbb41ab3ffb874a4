import { assert, constantFrom, integer, property } from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { copyGoldenLedger, goldenLedgers } from '../../../../test/support/aex/golden-copies.ts';
import { GOLDEN_WAYS } from '../../../../test/support/aex/tamper-goldens.ts';
import { OTHER_WAYS } from '../../../../test/support/aex/tamper-others.ts';
import { tamper } from '../../../../test/support/aex/tamper.ts';
import type { ChainStretch } from '../../../contract/ledger-chain.ts';
import type { LedgerFinding, LedgerReport } from '../../../contract/ledger-report.ts';
import type { LedgerPaths } from '../paths.ts';
import { ledgerCheckJob } from './check-job.ts';
import { makeReport } from './report.ts';
import { isBehindBreak, pictureOf, stretchAt, stretchesOf, type WalkedChain } from './stretches.ts';

const nowMicros = Date.UTC(2026, 5, 1) * 1_000;
const dropped: (() => void)[] = [];
afterEach(() => {
  for (const drop of dropped.splice(0)) drop();
});

async function report(paths: LedgerPaths): Promise<LedgerReport> {
  const terms = { paths, dataDir: null, nowMicros, sinceMicros: Infinity };
  const made = await ledgerCheckJob({ step: 'whole', terms }, {
    progress: () => undefined,
  } as unknown as Parameters<typeof ledgerCheckJob>[1]);
  if (!made.ok || made.value.step !== 'checked') throw new Error(JSON.stringify(made));
  return makeReport(made.value.checked, 0, 0);
}

function copied(name: string): LedgerPaths {
  const { paths, drop } = copyGoldenLedger(name);
  dropped.push(drop);
  return paths;
}

const brief = (stretches: readonly ChainStretch[]): string =>
  stretches.map(({ is, from, to }) => `${from}-${to} ${is}`).join(', ');

/** Of goldens in which something was done to the chain; all others are verified from end to end. */
const TAMPERED: Readonly<Record<string, string>> = {
  'deleted-agent': '1-36 verified, 37-52 lost, 53-128 follows, 129-130 lost, 131-176 follows',
  'tampered-delete-first': '1-1 missing, 2-13 follows',
  'tampered-delete-middle': '1-6 verified, 7-7 missing, 8-13 follows',
  'tampered-delete-tail': '1-9 verified, 10-13 missing',
  'tampered-payload': '1-5 verified, 6-6 altered, 7-13 follows',
  'tampered-payload-one-rehash': '1-5 verified, 6-6 forged, 7-13 follows',
  'tampered-reorder': '1-6 verified, 7-8 moved, 9-13 follows',
  'tampered-rewritten': '1-5 verified, 6-6 forged, 7-13 anew',
  'tampered-type': '1-5 verified, 6-6 altered, 7-13 follows',
  'tampered-whitespace': '1-5 verified, 6-6 altered, 7-13 follows',
};

describe('the chain by all findings', () => {
  it.each(goldenLedgers)('of %s', async (name) => {
    const { stretches, head } = await report(copied(name));
    const whole = head === null ? '' : `1-${head.seq} verified`;
    expect(brief(stretches)).toBe(TAMPERED[name] ?? whole);
  });

  it('knows what stood in a gap, with the hash that closes the chain again', async () => {
    const middle = await report(copied('tampered-delete-middle'));
    expect(middle.findings[0]).toMatchObject({
      range: { from: 7, to: 7 },
      gone: [{ seq: 7, kind: 'reserve', estimatedMicro: 88, hash: expect.stringMatching(/^a8d70601/) }],
    });
    const tail = await report(copied('tampered-delete-tail'));
    expect(tail.findings[0]).toMatchObject({ range: { from: 10, to: 13 } });
    expect(tail.findings[0]!.gone!.map(({ seq, kind, hash }) => [seq, kind, hash])).toEqual([
      [10, 'deny', null],
      [11, 'reserve', null],
      [12, 'dispatch', null],
      [13, 'commit', null],
    ]);
  });

  it('holds every entry once, whatever was done', async () => {
    const ways = { ...GOLDEN_WAYS, ...OTHER_WAYS };
    const cases: (readonly [string, string, number])[] = [];
    assert(
      property(
        constantFrom('small', 'week', 'protocol', 'crashed-after'),
        constantFrom(...Object.keys(ways)),
        integer({ min: 1, max: 0x7ffffff }),
        (base, way, seed) => {
          cases.push([base, way, seed]);
        },
      ),
      { numRuns: 60 },
    );
    let broken = 0;
    for (const [base, way, seed] of cases) {
      const paths = copied(base);
      let state = seed;
      const random = (below: number): number => {
        state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
        return Math.floor((state / 0x80000000) * below);
      };
      random(7);
      if (tamper(paths.db, ways[way]!, random) === null) continue;
      const { stretches, chain, head, checked } = await report(paths);
      const what = `${base} ${way} ${seed}: ${brief(stretches)}`;
      let next = 1;
      for (const { from, to, entries } of stretches) {
        expect(from, what).toBe(next);
        if (to >= from) expect(entries, what).toBe(to - from + 1);
        next = to + 1;
      }
      const standing = stretches.filter(({ is }) => is !== 'missing');
      expect(
        standing.reduce((sum, { entries }) => sum + entries, 0),
        what,
      ).toBe(checked.events);
      expect(standing.at(-1)?.to ?? null, what).toBe(head?.seq ?? null);
      if (!chain.ok) {
        broken += 1;
        const bad = stretches.some(({ is }) => is !== 'verified' && is !== 'follows');
        expect(bad, what).toBe(true);
      }
    }
    expect(broken).toBeGreaterThan(5);
  });
});

const finding = (change: Partial<LedgerFinding>): LedgerFinding => ({
  kind: 'entry-altered',
  severity: 'error',
  seq: 6,
  executionId: null,
  agent: null,
  message: '',
  expected: null,
  found: null,
  since: change.seq ?? 6,
  sure: 'likely',
  because: [],
  ...change,
});
const link = (seq: number, fits: boolean, linked: boolean): WalkedChain['breaks'][number] => ({
  seq,
  before: seq - 1,
  beforeHash: 'b',
  storedPrev: 'p',
  storedHash: 'h',
  ownHash: 'o',
  fits,
  linked,
  partition: null,
});
const chain = (...breaks: WalkedChain['breaks']): WalkedChain => ({
  breaks,
  moreBreaks: 0,
  head: { seq: 20, hash: '' },
});

describe('stretches of a chain', () => {
  it('are made anew from the first entry on that contradicts what other records say', () => {
    const found = [
      finding({ kind: 'amount-differs', seq: 15 }),
      finding({ kind: 'amount-differs', seq: 8 }),
      finding({ kind: 'reservation-differs', seq: 3 }),
      finding({ kind: 'amount-differs', seq: 2, severity: 'notice' }),
    ];
    expect(brief(stretchesOf(chain(), found))).toBe(
      '1-7 verified, 8-8 forged, 9-14 anew, 15-15 forged, 16-20 anew',
    );
  });

  it('end where everything that was seen of the ledger ends', () => {
    const longer = finding({ kind: 'seen-longer', seq: 21, range: { from: 21, to: 30 } });
    const tail = finding({ kind: 'tail-missing', seq: 21, range: { from: 21, to: 24 } });
    expect(brief(stretchesOf(chain(), [tail, longer]))).toBe('1-20 verified, 21-24 missing, 25-30 missing');
    expect(
      stretchesOf({ ...chain(), head: null }, [{ ...tail, seq: 1, range: { from: 1, to: 24 } }]),
    ).toEqual([{ is: 'missing', from: 1, to: 24, entries: 24, by: 'tail-missing' }]);
    expect(stretchesOf({ ...chain(), head: null }, [])).toEqual([]);
  });

  it('are not proved behind a break that nothing closes', () => {
    expect(brief(stretchesOf(chain(link(6, false, true)), [finding({})]))).toBe(
      '1-5 verified, 6-6 altered, 7-20 unproved',
    );
    expect(brief(stretchesOf(chain(link(6, true, false)), []))).toBe(
      '1-5 verified, 6-6 broken, 7-20 unproved',
    );
    const more = { ...chain(link(6, false, true)), moreBreaks: 3 };
    expect(brief(stretchesOf(more, [finding({})]))).toBe('1-5 verified, 6-6 altered, 7-20 unproved');
  });

  it('stand between two entries where numbers were closed up', () => {
    const closed = finding({ kind: 'entry-missing', seq: 9 });
    const stretches = stretchesOf(chain(), [closed]);
    expect(brief(stretches)).toBe('1-8 verified, 9-8 missing, 9-20 anew');
    expect([stretchAt(stretches, 8)?.is, stretchAt(stretches, 9)?.is]).toEqual(['verified', 'anew']);
    expect(stretchAt(stretches, 21)).toBeNull();
    expect([isBehindBreak(stretches, 9), isBehindBreak(stretches, 10)]).toEqual([true, false]);
  });

  it('are put together under the worst of them where there are many', () => {
    const many = Array.from({ length: 10 }, (_, at) => link(1 + at * 2, false, true));
    const stretches = stretchesOf(chain(...many), []);
    expect(stretches).toHaveLength(20);
    const picture = pictureOf(stretches, 5);
    expect(picture.coarse).toBe(true);
    expect(picture.stretches).toHaveLength(5);
    expect(picture.stretches.every(({ is, entries }) => is === 'altered' && entries === 4)).toBe(true);
    expect(picture.counts).toEqual({ altered: 10, unproved: 10 });
    expect(pictureOf(stretches, 20)).toMatchObject({ coarse: false, stretches });
  });
});
