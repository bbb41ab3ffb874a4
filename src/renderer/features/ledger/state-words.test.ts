import { expect, test } from 'vitest';
import { stateWords } from './state-words.ts';

test('states of AEX have the words of the statement, others their own without what draws nothing', () => {
  expect(stateWords('DISPATCHED')).toBe('Sent to provider');
  expect(stateWords('TOOL')).toBe('Tool run');
  expect(stateWords('OTHER\u202E')).toBe('OTHER\uFFFD');
});
