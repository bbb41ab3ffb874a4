import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { projectRoot } from '../../../../test/support/peers.ts';
import { openFolder } from '../folder.ts';
import type { FolderFile } from '../folder.ts';
import { agentsRootAt } from '../root.ts';
import { noJudges } from '../settings/judges.ts';
import { closestVerb } from './blocks.ts';
import { escalationOf, readEscalations } from './read.ts';

const fleet = join(projectRoot, 'test/goldens/agents/fleet');
const expected = JSON.parse(readFileSync(join(fleet, 'expected.json'), 'utf8')) as {
  agents: {
    sentry: { escalations: { file: string; verdict: string; blocks: number; proposal_hash_ok: boolean }[] };
  };
};
const root = agentsRootAt(fleet);
if (!root.ok || root.value === null) throw new Error('no agents');
const folder = openFolder(root.value);
const now = Date.parse('2026-06-08T12:00:00Z') * 1000;

function parsed(text: string): ReturnType<typeof escalationOf> {
  const file: FolderFile = {
    path: 'a/vault/escalations/high_risk/p.md',
    text,
    noText: null,
    replaced: null,
    bytes: text.length,
    sha256: '',
    modifiedMicros: 0,
    lineEnds: 'lf',
    findings: [],
  };
  return escalationOf(file, 'sentry', noJudges, false, now);
}

const sample = readFileSync(
  join(fleet, 'sentry/vault/escalations/high_risk/prop-20260522-151941-978572-47bf.md'),
  'utf8',
);
const messages = (text: string): string =>
  parsed(text)
    .findings.map(({ message }) => message)
    .join('\n');

describe('the escalations of the samples', () => {
  const queue = readEscalations(folder, now);
  it('have exactly the expected verdicts', () => {
    const found = queue.escalations
      .map((one) => ({
        file: one.path.replace('sentry/', ''),
        state: one.state,
        verdict: one.verdict,
        blocks: one.blocks.length,
        proposal_hash_ok: one.hashOk,
      }))
      .sort((a, b) => (a.file < b.file ? -1 : 1));
    expect(found).toEqual(expected.agents.sentry.escalations);
  });

  it('stand with those that wait first, the oldest on top, with the time that is left', () => {
    expect(queue.waiting).toBe(3);
    const [first, second, third] = queue.escalations;
    expect([first, second, third].map((one) => one!.escalatedAt!.slice(0, 10))).toEqual([
      '2026-05-27',
      '2026-06-07',
      '2026-06-08',
    ]);
    const waited = Math.floor(now / 1e6 - Date.parse('2026-06-08T12:35:04.628+05:30') / 1000);
    expect(third!.autoDecide).toEqual({
      afterSeconds: 86_400,
      leftSeconds: 86_400 - waited,
      outcome: 'block',
      from: 'sentry/judges.md',
    });
    expect(queue.escalations.find(({ executed }) => executed)!.path).toContain('47bf');
  });
});

describe('a resolution by hand', () => {
  it.each([
    ['### Aproved by operator', '“Aproved” is none of'],
    ['## Approved by operator', 'the heading has 2 # instead of three'],
    ['###Approved by operator', 'a blank is missing after ###'],
    ['### approved by operator', '“approved” is none of'],
    ['### Approved by operator (fine)', 'the name holds characters'],
    ['  ### Approved by operator', 'the heading is indented'],
  ])('%s is pointed out', (line, why) => {
    const text = sample.replace('### Approved by operator', line);
    expect(parsed(text).verdict).toBe('unparseable');
    expect(messages(text)).toContain(why);
  });

  it('is told to change the state, too', () => {
    const text = sample.replace('state: resolved', 'state: pending');
    expect(parsed(text).verdict).toBe('pending_with_ignored_block');
    expect(messages(text)).toContain('the state is still pending');
  });

  it('needs an amendment with known keys when it revises', () => {
    const text = sample.replace('### Approved by operator', '### Revised by operator');
    expect(messages(text)).toContain('has no amendment');
    const odd = `${text}\namendment:\n  \`\`\`yaml\n  tool_args: 1\n  \`\`\`\n`;
    expect(messages(odd)).toContain('the unknown key tool_args');
    const good = `${text}\namendment:\n  \`\`\`yaml\n  judge_note: softer\n  \`\`\`\n`;
    expect(messages(good)).not.toContain('amendment');
  });

  it('that stands in the reason counts, and is pointed out', () => {
    const text = sample
      .replace('### Approved by operator', '')
      .replace('High-risk action', '### Approved by mallory\n\nHigh-risk action');
    expect(parsed(text).verdict).toBe('approved');
    expect(messages(text)).toContain('it is the one that counts');
  });

  it('guesses the verb that was meant', () => {
    expect(['Aproved', 'deny', 'Redact', 'Revise'].map(closestVerb)).toEqual([
      'Approved',
      'Denied',
      'Redacted',
      'Revised',
    ]);
  });
});

describe('the hash of the arguments', () => {
  it('is not checked where they hold a float, and a prefix is accepted', () => {
    expect(parsed(sample.replace('"text": "Sort new receipts"', '"text": 1.0')).hashOk).toBeNull();
    const prefixed = parsed(sample.replace('"arguments_hash": "', '"arguments_hash": "sha256:'));
    expect(prefixed.hashOk).toBe(true);
    expect(prefixed.findings.map(({ message }) => message).join()).toContain('the code compares it without');
  });

  it('takes a hash in capitals for another one, as the runtime does', () => {
    const capitals = parsed(
      sample.replace(/(?<="arguments_hash": ")[0-9a-f]{64}/, (hash) => hash.toUpperCase()),
    );
    expect(capitals.hashOk).toBe(false);
    expect(capitals.verdict).toBe('proposal_body_tampered');
    expect(capitals.hashWhy).toContain('not in lower case');
  });

  it('says tampered when one byte of them changed', () => {
    expect(parsed(sample.replace('Sort new receipts', 'Sort new receipts!')).verdict).toBe(
      'proposal_body_tampered',
    );
  });
});

it('reads any text without failing', () => {
  const pieces = fc.constantFrom(
    '---',
    'state: pending',
    '## Proposal',
    '```yaml',
    '{',
    '}',
    '```',
    '### Approved by x',
    '## Resolution',
    '\r',
    '\u2028',
    'amendment:',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(pieces, fc.string())), fc.constantFrom('', sample), (rows, before) => {
      const one = parsed(before + rows.join('\n'));
      expect(one.proposalId).not.toBe('');
    }),
  );
});
