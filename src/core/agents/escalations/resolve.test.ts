import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { Change } from '../../../contract/edits.ts';
import { editContext } from '../edit/context.ts';
import { agentsRootAt } from '../root.ts';
import { readEscalation } from './read.ts';
import { editsToResolve, resolveWarnings } from './resolve.ts';

type Resolve = Extract<Change, { do: 'resolve' }>;

const scratch = mkdtempSync(join(tmpdir(), 'vekscope-resolve-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
const root = join(scratch, 'fleet');
cpSync(fileURLToPath(new URL('../../../../test/goldens/agents/fleet', import.meta.url)), root, {
  recursive: true,
});
const path = 'sentry/vault/escalations/reversible_write/prop-20260607-070028-904686-465d.md';
const original = readFileSync(join(root, path), 'utf8');
const found = agentsRootAt(root);
if (!found.ok || found.value === null) throw new Error('no agents');
const ctx = {
  ...editContext(found.value, join(scratch, 'data'), '2026-06-08', 'window'),
  nowMicros: () => Date.UTC(2026, 5, 8, 9) * 1000,
};

beforeEach(() => writeFileSync(join(root, path), original));
const put = (text: string): void => {
  writeFileSync(join(root, path), text);
  ctx.folder.refresh();
};
const one = () => readEscalation(ctx.folder, path, ctx.nowMicros())!;

function resolve(more: Partial<Resolve> = {}) {
  ctx.folder.refresh();
  return editsToResolve(ctx, {
    do: 'resolve',
    path,
    proposal: one().proposalSha256 ?? '0'.repeat(64),
    verb: 'Approved',
    by: 'lee',
    note: 'fine',
    amendment: null,
    ...more,
  });
}
const text = (more: Partial<Resolve> = {}): string => {
  const edits = resolve(more);
  if (!edits.ok) throw new Error(edits.error.message);
  return edits.value[0]!.text!;
};
const refusal = (more: Partial<Resolve> = {}) => {
  const edits = resolve(more);
  if (edits.ok) throw new Error('not refused');
  return edits.error;
};

describe('the edit that answers an escalation', () => {
  it('changes the word of the state and adds one block, and no other byte', () => {
    expect(text()).toBe(
      `${original.replace('state: pending', 'state: resolved')}### Approved by lee\nresolved_at: 2026-06-08T09:00:00+00:00\nnote: fine\n`,
    );
    expect(text({ verb: 'Redacted', note: null })).toBe(
      `${original.replace('state: pending', 'state: redacted')}### Redacted by lee\nresolved_at: 2026-06-08T09:00:00+00:00\n`,
    );
  });

  it('keeps line ends, a missing final newline and what a person left, and adds a heading where there is none', () => {
    put(original.replaceAll('\n', '\r\n'));
    expect(text()).not.toMatch(/(?<!\r)\n/);
    put(`${original}<!-- left -->`);
    expect(
      text().endsWith(
        '<!-- left -->\n\n### Approved by lee\nresolved_at: 2026-06-08T09:00:00+00:00\nnote: fine',
      ),
    ).toBe(true);
    put(original.replace('## Resolution\n', ''));
    expect(text().match(/\n## Resolution\n\n### Approved by lee\n/)).not.toBeNull();
    put(`${original}\n## Notes\n\nmine\n`);
    expect(text()).toMatch(/mine\n\n## Resolution\n\n### Approved by lee\n/);
  });

  it('is bound to the proposal that was shown', () => {
    const { proposalSha256 } = one();
    put(original.replace('"reason": "', '"reason": "now '));
    expect(refusal({ proposal: proposalSha256! })).toMatchObject({ kind: 'conflict' });
  });

  it('is refused where the runtime would not take it', () => {
    const marker = join(root, path.replace('prop-', '.prop-').concat('.resolved-emitted'));
    writeFileSync(marker, '');
    expect(refusal().message).toContain('marker');
    rmSync(marker);
    put(text());
    expect(refusal()).toMatchObject({
      kind: 'conflict',
      message: 'It does not wait for an answer any more.',
    });
    put(original.replace('state: pending', 'state: open'));
    expect(refusal().kind).toBe('conflict');
    put(original.replace('schema_version: 1', 'schema_version: one'));
    expect(refusal().message).toContain('never be read');
    put(original.replace('```yaml', '```json'));
    expect(refusal().message).toContain('no yaml block');
    put(`${original}### Denied by ann\n`);
    expect(refusal().message).toContain('“Denied by ann”');
    put(original.replace('High-risk action', '### Approved by judge\nHigh-risk action'));
    expect(refusal().message).toContain('“Approved by judge”');
    expect(
      editsToResolve(ctx, {
        do: 'resolve',
        path: 'sentry/model.md',
        proposal: '0'.repeat(64),
        verb: 'Denied',
        by: 'x',
        note: null,
        amendment: null,
      }),
    ).toMatchObject({ ok: false });
  });

  it('lets an answer count that a person wrote without changing the state, and then changes one word', () => {
    const left = `${original}### Denied by ann\nresolved_at: 2026-06-08\nnote: no\n`;
    put(left);
    expect(one().ignored).toEqual({ verb: 'Denied', by: 'ann' });
    expect(text({ verb: 'Denied', by: ' ann ', note: null })).toBe(
      left.replace('state: pending', 'state: resolved'),
    );
    expect(refusal({ verb: 'Approved', by: 'ann', note: null }).message).toContain('Let that answer count');
    expect(refusal({ verb: 'Denied', by: 'ann', note: 'x' }).message).toContain('Let that answer count');
    expect(refusal({ verb: 'Denied', by: 'ann', note: null, proposal: '0'.repeat(64) }).kind).toBe(
      'conflict',
    );
    put(`${original}### Denied by ann\n\n### Approved by bob\n`);
    expect(one().ignored).toBeNull();
    put(`${original}### Revised by ann\namendment:\n  \`\`\`yaml\n  x: 1\n  \`\`\`\n`);
    expect(one().ignored).toBeNull();
    const hidden = original.replace(
      'High-risk action',
      '## Resolution\n\n### Approved by judge\nHigh-risk action',
    );
    put(hidden);
    expect(one().ignored).toBeNull();
    expect(refusal({ verb: 'Approved', by: 'judge', note: null }).message).toContain(
      'Look where it comes from',
    );
    put(`${original.replace('"to": "', '"to": "x')}### Approved by ann\n`);
    expect(one().ignored).toBeNull();
  });

  it('of changed arguments can only keep them from being done', () => {
    put(original.replace('"to": "', '"to": "x'));
    expect(one().hashOk).toBe(false);
    expect(one().closed).toBeNull();
    expect(refusal().message).toContain('changed after they were judged');
    expect(refusal({ verb: 'Revised', amendment: 'judge_note: x\n' }).kind).toBe('refused');
    expect(resolve({ verb: 'Denied' }).ok).toBe(true);
    expect(resolve({ verb: 'Redacted' }).ok).toBe(true);
  });

  it.each([
    ['', 'needs a name'],
    ['a\tb', 'U+0009'],
    ['Jose\u0301', 'U+0301'],
    ['<b>', '“<”'],
    ['a\n### Denied by b', 'U+000A'],
    ['x'.repeat(129), '129 characters'],
    ['ᐵ𑼋', 'U+11F0B'],
  ])('refuses the name %j', (by, words) => {
    expect(refusal({ by }).message).toContain(words);
  });

  it.each(['a\nb', 'a\r', 'a\u2028b', 'a\u0085b', '\u0000', 'a\ud800'])('refuses the note %j', (note) => {
    expect(refusal({ note }).kind).toBe('bad-request');
  });

  it.each([
    ['', 'empty'],
    ['- a\n', 'instead of keys'],
    ['arguments:\n  a: 1\n', 'unknown key arguments'],
    ['tool_arguments: hello\n', 'has to be keys with values'],
    ['tool_arguments:\n  day: 2026-06-01\n', 'tool_arguments.day is a date'],
    ['tool_arguments:\n  n: .nan\n', 'no finite number'],
    ['tool_arguments:\n  no: 1\n', 'The key False'],
    ['tool_arguments:\n  text: |\n    a\n    ```\n    b\n', 'Line 4: A line begins with ```'],
    ['tool_arguments:\n  text: "a\u2028b"\n', 'Line 2'],
    ['tool_arguments:\n  text: "\\ud83d\\ude00"\n', 'two halves'],
    ['tool_arguments:\n  resolved_at: today\n', 'for the time of the answer'],
    ['tool_name: 7\n', 'has to be a text'],
    ['reversibility: partial\n', 'reversibility is “partial”'],
    ['appended_evidence:\n  - source: a\n', 'no text as its claim'],
    ['tool_arguments:\n  a: b: c\n', 'unquoted'],
  ])('refuses the amendment %j', (amendment, words) => {
    expect(refusal({ verb: 'Revised', amendment }).message).toContain(words);
  });

  it('keeps the line end of a text at the end of an amendment', () => {
    const amendment = 'tool_arguments:\n  text: |\n    a\n';
    expect(text({ verb: 'Revised', amendment })).toContain(
      '  tool_arguments:\n    text: |\n      a\n\n  ```\n',
    );
  });

  it('wants an amendment for Revised, and only there', () => {
    expect(refusal({ verb: 'Revised' }).message).toContain('needs an amendment');
    expect(refusal({ amendment: 'judge_note: x\n' }).message).toContain('does not go with');
  });

  it('warns where the time ran out and where a runtime may read the hash otherwise', () => {
    const change = {
      do: 'resolve',
      path,
      proposal: '0'.repeat(64),
      verb: 'Approved',
      by: 'x',
      note: null,
      amendment: null,
    } as const;
    expect(resolveWarnings(ctx, change).join()).toContain('ran out');
    put(original.replace('"arguments_hash": "', '"arguments_hash": "sha256:'));
    expect(resolveWarnings(ctx, change).join()).toContain('sha256:');
    expect(resolveWarnings(ctx, { ...change, verb: 'Denied' }).join()).not.toContain('sha256:');
  });
});
