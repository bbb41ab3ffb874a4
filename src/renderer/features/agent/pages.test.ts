import { expect, it } from 'vitest';
import { fileItem } from './pages.ts';

it('the item of a file names a line or none', () => {
  expect(fileItem('quill/mcp.md#L12')).toEqual({ path: 'quill/mcp.md', line: 12 });
  expect(fileItem('quill/mcp.md')).toEqual({ path: 'quill/mcp.md', line: null });
  expect(fileItem('quill/raw/a#L.md')).toEqual({ path: 'quill/raw/a#L.md', line: null });
});
