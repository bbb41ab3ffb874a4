import { rmSync } from 'node:fs';
import { afterEach, expect, it } from 'vitest';
import { writeHistory, type HistoryCall } from '../../../../test/support/history.ts';
import { analysisOf } from '../../../../test/support/merging.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** What is noted of merging two branches that called a tool for one file, each with a text of its own. */
function notesOf(tool: string, texts: readonly string[], outputs: readonly string[]): readonly string[] {
  const calls = texts.map((text, i): HistoryCall => ({
    tool,
    input: `{"path":"a.md","content":"${text}"}`,
    output: outputs[i]!,
    second: i,
    ...(i === 2 ? { after: 0 } : {}),
  }));
  const { folder } = writeHistory(calls, { main: 1, other: 2 });
  folders.push(folder);
  return analysisOf(folder, 'main', 'other').notes;
}

const texts = ['the first text', 'the text of main', 'the text of the other'];
const told = [expect.stringMatching(/^a\.md: both branches called the tool with inputs of their own/)];

it('a tool that only says that it wrote hides what two branches wrote, and that is told', () => {
  expect(notesOf('write_file', texts, ['{"ok":true}', '{"ok":true}', '{"ok":true}'])).toEqual(told);
  expect(notesOf('write_file', texts, ['null', '"OK"', '"OK"'])).toEqual(told);
  expect(notesOf('put', texts, ['{"bytes":14}', '{"bytes":16}', '{"bytes":14}'])).toEqual(told);
});

it('nothing is told where the calls are alike, differ visibly, return all they were given, or only ask', () => {
  expect(notesOf('write_file', ['x', 'y', 'y'], ['1', '2', '2'])).toEqual([]);
  expect(notesOf('write_file', ['x', 'x', 'y'], ['1', '1', '2'])).toEqual([]);
  expect(notesOf('write_file', texts, ['1', '2', '3'])).toEqual([]);
  const whole = `{"path":"a.md","content":"${'all of it '.repeat(9)}"}`;
  expect(notesOf('write_file', texts, ['1', whole, whole])).toEqual([]);
  expect(notesOf('read_file', texts, ['1', '2', '2'])).toEqual([]);
});
