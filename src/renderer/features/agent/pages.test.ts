import { expect, it } from 'vitest';
import { fileItem } from './pages.ts';

it.each([
  ['quill/mcp.md#L12', { path: 'quill/mcp.md', line: 12, form: null }],
  ['quill/mcp.md', { path: 'quill/mcp.md', line: null, form: null }],
  ['quill/mcp.md#edit', { path: 'quill/mcp.md', line: null, form: 'edit' }],
  ['quill/mcp.md#edit:L3', { path: 'quill/mcp.md', line: 3, form: 'edit' }],
  ['quill/mcp.md#history', { path: 'quill/mcp.md', line: null, form: 'history' }],
  ['quill/raw/a#L.md', { path: 'quill/raw/a#L.md', line: null, form: null }],
])('the item of a file names its form and a line, or none: %s', (item, place) => {
  expect(fileItem(item)).toEqual(place);
});
