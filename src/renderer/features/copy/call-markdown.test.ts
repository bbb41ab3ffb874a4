import { expect, test } from 'vitest';
import type { Content, NodeDetail } from '../../../contract/vek.ts';
import { callMarkdown } from './call-markdown.ts';

const content = (part: Partial<Content>): Content => ({
  hash: 'b2',
  bytes: 9,
  form: 'json',
  text: '{\n  "x": 1.0\n}',
  cut: false,
  notes: [],
  ...part,
});

const detail = (part: Partial<NodeDetail> & { tool?: string }): NodeDetail =>
  ({
    row: { tool: part.tool ?? 'update_doc' },
    record: { hash: 'ab'.repeat(32), timestamp: '2026-11-20T14:41:52.000001+00:00' },
    facts: [{ kind: 'cost', value: 310, side: 'output', pointer: '/cost_usd' }],
    input: content({}),
    output: content({}),
    parents: [{ hash: 'cd'.repeat(32), role: 'parent', present: true, tool: 'shell' }],
    ...part,
  }) as unknown as NodeDetail;

test('a call as Markdown says what it is, what it states, and both contents', () => {
  expect(callMarkdown(detail({ output: content({ form: 'missing', text: '' }) }), 'vekscope:/a#b')).toBe(
    `### \`update_doc\` \`abababab\`

- Time: \`2026-11-20T14:41:52.000001+00:00\`
- After: \`shell\` \`cdcdcdcd\`
- Cost: \`$0.000310\`
- Hash: \`${'ab'.repeat(32)}\`
- Link: <vekscope:/a#b>

**Input** (9 bytes):

\`\`\`json
{
  "x": 1.0
}
\`\`\`

**Output** is missing from the store.
`,
  );
});

test('nothing of a store gets out of its code, and long contents are cut in words', () => {
  const text = `${'`'.repeat(5)}\n# not a heading\n${'x'.repeat(20_000)}`;
  const markdown = callMarkdown(
    detail({ tool: '`; # evil\n\n# heading\u202e', input: content({ form: 'text', text }) }),
    null,
  );
  expect(markdown.split('\n')[0]).toBe('### `` `; # evil # heading\uFFFD `` `abababab`');
  expect(markdown).toContain('its first 10,000 characters:\n\n``````\n`````\n# not a heading');
  expect(markdown.length).toBeLessThan(12_000);
});
