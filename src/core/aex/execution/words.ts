import { dollars } from '../../agents/export/csv.ts';

/** Money in words: dollars with all six decimals. */
export const usd = (micro: number): string => (micro < 0 ? `-$${dollars(-micro)}` : `$${dollars(micro)}`);

/** “1 token”, “2,000 tokens”. */
export const tokens = (count: number): string =>
  `${count.toLocaleString('en-US')} ${count === 1 ? 'token' : 'tokens'}`;
