import { describe, expect, it } from 'vitest';
import { tableEach, tableLines } from './table.ts';

function* rows(): Iterable<readonly string[]> {
  for (let i = 0; i < 300_000; i++) yield [String(i)];
}

describe('a table', () => {
  it('stands under its heads, numbers right, and is safe for a terminal', () => {
    const columns = [{ head: 'entry', right: true }, { head: 'name' }, { head: 'what' }] as const;
    expect(
      tableLines(columns, [
        ['1', '日本', 'x\u001b[31m'],
        ['123456', 'b', ''],
      ]),
    ).toEqual([' entry  name  what', '     1  日本  x\\u001b[31m', '123456  b']);
  });

  it('may have any number of rows, which are not held', () => {
    let count = 0;
    let last = '';
    for (const line of tableEach([{ head: 'n', right: true }], rows)) {
      count++;
      last = line;
    }
    expect({ count, last }).toEqual({ count: 300_001, last: '299999' });
    expect(tableLines([{ head: 'n' }], [...rows()])).toHaveLength(300_001);
  });
});
