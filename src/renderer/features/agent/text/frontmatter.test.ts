import { expect, test } from 'vitest';
import { bodyOf } from './frontmatter.ts';

test.each([
  ['---\nname: a\n---\n\n# Body\n', '# Body\n'],
  ['---\r\nname: a\r\n---\r\nBody', 'Body'],
  ['\uFEFF---\nname: a\n---\nBody', 'Body'],
  ['---\nname: a\n---', ''],
  // a rule in the middle of a text is no frontmatter, nor is one that never ends
  ['# Title\n---\nx\n---\n', '# Title\n---\nx\n---\n'],
  ['---\nname: a\n', '---\nname: a\n'],
  ['---\na: "b --- c"\n---\nBody', 'Body'],
])('%j', (text, body) => {
  expect(bodyOf(text)).toBe(body);
});
