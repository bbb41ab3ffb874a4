import { describe, expect, it } from 'vitest';
import type { ChainStretch, StretchKind } from '../../../contract/ledger-chain.ts';
import { firstPlace, linkState } from './link-state.ts';

const stretch = (is: StretchKind, from: number, to: number): ChainStretch => ({
  is,
  from,
  to,
  entries: to - from + 1,
  by: null,
});
const sound = { fits: true, linked: true };

describe('a link of the chain', () => {
  const gap = [stretch('verified', 1, 6), stretch('missing', 7, 7), stretch('follows', 8, 13)];

  it('is proved up to what is missing, and closed behind it, though its predecessor is gone', () => {
    expect(linkState({ seq: 6, ...sound }, gap)).toBe('proved');
    expect(linkState({ seq: 8, fits: true, linked: false }, gap)).toBe('closed');
    expect(linkState({ seq: 9, ...sound }, gap)).toBe('closed');
    expect(firstPlace(gap)).toBe(7);
  });

  it('is bad where it does not fit, whatever a check saw before', () => {
    expect(linkState({ seq: 3, fits: false, linked: true }, gap)).toBe('bad');
    expect(linkState({ seq: 3, fits: true, linked: false }, gap)).toBe('bad');
    expect(linkState({ seq: 3, fits: true, linked: false }, [])).toBe('bad');
  });

  it('proves nothing where all hashes were made anew, or no check saw it', () => {
    const anew = [stretch('verified', 1, 5), stretch('forged', 6, 6), stretch('anew', 7, 13)];
    expect(linkState({ seq: 6, ...sound }, anew)).toBe('bad');
    expect(linkState({ seq: 7, ...sound }, anew)).toBe('anew');
    expect(linkState({ seq: 14, ...sound }, anew)).toBe('open');
    expect(firstPlace([stretch('verified', 1, 5)])).toBeNull();
  });

  it('is no fault where AEX itself took away what was hashed', () => {
    const lost = [stretch('verified', 1, 2), stretch('lost', 3, 3), stretch('follows', 4, 5)];
    expect(linkState({ seq: 3, fits: false, linked: true }, lost)).toBe('lost');
    expect(linkState({ seq: 4, ...sound }, lost)).toBe('closed');
  });
});
