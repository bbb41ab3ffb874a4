import { rmSync } from 'node:fs';
import { expect, it } from 'vitest';
import { writeHistory } from '../../../../test/support/history.ts';
import { analysisOf } from '../../../../test/support/merging.ts';

const write = (path: string) => ({ tool: 'write_file', input: `{"path":${path}}` });

/** What is noted where one branch writes the first path and the other the second. */
function notesOf(one: string, other: string): readonly string[] {
  const { folder } = writeHistory(
    [
      { tool: 'start', second: 0 },
      { ...write(one), output: '{"text":"1, and more than was asked for"}', second: 1 },
      { ...write(other), output: '{"text":"2, and more than was asked for"}', second: 2, after: 0 },
    ],
    { main: 1, other: 2 },
  );
  try {
    return analysisOf(folder, 'main', 'other').notes;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

it.each([
  ['"a.md"', '"./a.md"'],
  ['"docs/a.md"', '"docs//a.md"'],
  ['"docs"', '"docs/"'],
  ['"\\u00e9"', '"e\\u0301"'],
  ['1', '"1"'],
])('%s and %s may be the same document, and that is told', (one, other) => {
  expect(notesOf(one, other)).toEqual([expect.stringMatching(/the names of these documents look alike/)]);
});

it.each([
  ['"a.md"', '"b.md"'],
  ['"a.md"', '"A.md"'],
  ['"a/b"', '"ab"'],
])('%s and %s are not', (one, other) => {
  expect(notesOf(one, other)).toEqual([]);
});
