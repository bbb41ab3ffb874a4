import { expect, test } from 'vitest';
import { problemOf } from './validity.ts';

test('a value is JSON as vek reads it, a text is anything', () => {
  for (const text of ['1.0', '"a"', '[1,]', '{"a":1,"a":2}', 'NaN', '  null\n']) {
    expect(problemOf('json', text) === null, text).toBe(text !== '[1,]');
  }
  expect(problemOf('text', '[1,')).toBeNull();
  expect(problemOf('text', '')).toBeNull();
});

test('a problem says what and where', () => {
  expect(problemOf('json', '{\n  "a": 1\n  "b": 2\n}')).toEqual({
    message: 'There is “"” where a comma or the end of the object should be.',
    line: 3,
    column: 3,
  });
  expect(problemOf('json', '')?.message).toBe('The text ends where a value should be.');
  expect(problemOf('json', `"${'x'.repeat(16 * 1024 * 1024)}"`)?.message).toMatch(/16,777,216 can be kept/);
  expect(problemOf('json', '['.repeat(3000))?.message).toMatch(/levels deep/);
});

test('elements of a list are typed as a list, and a number has a form that can be written', () => {
  expect(problemOf('json', '[1]', 'items')).toBeNull();
  expect(problemOf('json', '1', 'items')?.message).toBe('Elements of a list are typed as a list: [1, 2].');
  expect(problemOf('json', '9'.repeat(5000))?.message).toMatch(/digits/);
});
