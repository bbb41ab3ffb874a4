import { expect, test } from 'vitest';
import { newNameProblem } from './new-name.ts';

test.each([
  ['user_other.md', null],
  ['user_ä.md', null],
  ['', /needs a name/],
  ['a/b.md', /slashes/],
  ['../b.md', /slashes/],
  ['.b.md', /dot/],
  ['b.txt', /\.md/],
  ['.md', /dot/],
  [`${'a'.repeat(200)}.md`, /200/],
])('%j', (name, words) => {
  const problem = newNameProblem('user_a.md', name);
  if (words === null) expect(problem).toBeNull();
  else expect(problem).toMatch(words);
});
