import { expect, test } from 'vitest';
import { toolNames } from './vek-tools.ts';

test('tools by their number of calls, without names of which no call is left', () => {
  const index = { count: 4, tools: Uint16Array.from([0, 2, 2, 0, 1]), toolNames: ['a', 'gone', 'b'] };
  index.tools[0] = 2;
  expect(toolNames(index as never)).toEqual({
    tools: [
      { name: 'b', calls: 3 },
      { name: 'a', calls: 1 },
    ],
    more: 0,
  });
});

test('says how many names it leaves out', () => {
  const count = 2500;
  const index = {
    count,
    tools: Uint32Array.from({ length: count }, (_, i) => i),
    toolNames: Array.from({ length: count }, (_, i) => `tool ${i}`),
  };
  const found = toolNames(index as never);
  expect(found.tools).toHaveLength(2000);
  expect(found.more).toBe(500);
});
