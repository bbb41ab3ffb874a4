import { expect, test } from 'vitest';
import { generationOf } from './chunks.ts';
import { fakeWindow } from './fake-store.ts';
import { createNodeBuilder, type NodeInput } from './nodes.ts';

const shown = generationOf('k', fakeWindow({ total: 200, start: 0, count: 128 }), 1);
const input: NodeInput = {
  shown,
  range: { start: 0, end: 40 },
  origin: 0,
  slots: 40,
  width: 800,
  rowHeight: 28,
  room: 300,
  tool: 124,
  selected: null,
  marked: null,
  zone: 'utc',
};

test('rows that stay the same are the same objects; only what changed is new', () => {
  const build = createNodeBuilder();
  const first = build(input);
  expect(first).toHaveLength(40);
  const moved = build({ ...input, range: { start: 8, end: 48 } });
  expect(moved.slice(8)).toEqual(first.slice(8));
  expect(moved.slice(8).every((node, index) => node === first[index + 8])).toBe(true);
  // the rows that came have the slots, and with them the elements, of those that went
  expect(moved.slice(0, 8).map((node) => node.id)).toEqual(first.slice(0, 8).map((node) => node.id));
  expect(moved.slice(0, 8).map((node) => node.domAttributes)).toMatchObject(
    Array.from({ length: 8 }, (_, i) => ({ id: `call-h${200 - 40 - i}`, 'aria-rowindex': 41 + i })),
  );
  const selected = build({ ...input, range: { start: 8, end: 48 }, selected: 'h190' });
  expect(selected.filter((node, index) => node !== moved[index])).toMatchObject([
    { className: 'g-selected', domAttributes: { id: 'call-h190', 'aria-selected': true } },
  ]);
});

test('the marked call shows it in its row, beside the selection, and its neighbours stay as they are', () => {
  const build = createNodeBuilder();
  const first = build(input);
  const marked = build({ ...input, selected: 'h190', marked: 'h190' });
  expect(marked.filter((node, index) => node !== first[index])).toMatchObject([
    { className: 'g-selected g-marked', domAttributes: { 'aria-description': 'marked to compare' } },
  ]);
  const row = build(input).find((node) => node.data.call?.hash === 'h190');
  expect(row).toMatchObject({ className: '' });
  expect(row?.domAttributes).not.toHaveProperty('aria-description');
});

test('rows that are not read yet keep their place as skeletons', () => {
  const nodes = createNodeBuilder()({ ...input, range: { start: 120, end: 140 } });
  expect(nodes.map((node) => node.data.call === null)).toEqual([
    ...Array<boolean>(8).fill(false),
    ...Array<boolean>(12).fill(true),
  ]);
  expect(nodes.map((node) => node.position.y)).toEqual(Array.from({ length: 20 }, (_, i) => (120 + i) * 28));
});

test('a row says its position among all rows and its name', () => {
  const [row] = createNodeBuilder()(input);
  expect(row).toMatchObject({
    ariaRole: 'row',
    ariaLabel: 'search, “query h200”, 10 results, 14:41:52',
    domAttributes: { id: 'call-h200', 'aria-rowindex': 1 },
  });
});

test('a merge says how far its second parent is, where that is too far to follow', () => {
  const window = fakeWindow({ total: 200, start: 0, count: 128 });
  const merge = (to: number) => {
    const line = { ...window.edges[0]!, from: 3, to, role: 'merge' as const };
    const rows = window.rows.map((row) => (row.row === 3 ? { ...row, isMerge: true } : row));
    const far = generationOf('k', { ...window, rows, edges: [...window.edges, line] }, 1);
    return createNodeBuilder()({ ...input, shown: far })[3]?.ariaLabel;
  };
  expect(merge(190)).toContain('merge, second parent 187 rows below');
  expect(merge(20)).not.toContain('second parent');
});
