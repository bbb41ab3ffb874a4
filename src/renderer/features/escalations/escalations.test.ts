import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Escalation } from '../../../contract/escalations.ts';
import { jsonTokens } from './detail/json-tokens.ts';
import { FIRST_FORM, narrowed } from './filter.ts';
import { autoWords, goesWrong, hashWords, leftWords } from './words.ts';

const escalation = (change: Partial<Escalation> = {}): Escalation => ({
  agent: 'sentry',
  path: 'sentry/vault/escalations/high_risk/p.md',
  state: 'pending',
  verdict: 'pending',
  blocks: [],
  proposalId: 'prop-1',
  parentRunId: 'run-1',
  actionClass: 'high_risk',
  judgeId: null,
  escalatedAt: null,
  ageSeconds: 3600,
  policyVersion: '3',
  autoDecide: { afterSeconds: 7200, leftSeconds: 3600, outcome: 'block', from: 'sentry/judges.md' },
  tool: 'mail__send',
  argumentsText: '{"to": "desk"}',
  proposalText: null,
  proposalSha256: null,
  closed: null,
  ignored: null,
  reason: 'No standing permission.',
  facts: [],
  hashOk: true,
  hashWhy: '',
  argumentsHash: null,
  computedHash: null,
  executed: false,
  query: 'agent:sentry run:run-1',
  findings: [],
  ...change,
});

const auto = (leftSeconds: number | null, outcome = 'block') =>
  escalation({ autoDecide: { afterSeconds: 7200, leftSeconds, outcome, from: 'x' } });

describe('the time that is left', () => {
  it('is said with what happens then', () => {
    expect(autoWords(auto(3600))).toBe('Without an answer, in 1 h: the action is not done.');
    expect(autoWords(auto(3600, 'allow'))).toContain('the action is done');
    expect(leftWords(auto(3600))).toBe('1 h left');
  });

  it('that ran out waits for the next look of the runtime', () => {
    expect(autoWords(auto(-3600))).toContain('ran out 1 h ago: when the runtime looks next');
    expect(leftWords(auto(-1))).toBe('time ran out');
  });

  it('does not run for what was decided, nor without a limit', () => {
    expect(leftWords({ ...auto(3600), verdict: 'approved' })).toBe('');
    expect(autoWords(escalation({ autoDecide: null }))).toBe('It waits until somebody answers.');
  });
});

it('names a hash that was not checked so, and never “tampered”', () => {
  expect([true, false, null].map((hashOk) => hashWords({ hashOk }).label)).toEqual([
    'unchanged',
    'changed',
    'not checked',
  ]);
});

it('points out what the runtime ignores', () => {
  const finding = { severity: 'error', message: 'x', hint: '', line: 1 } as const;
  expect(goesWrong(escalation())).toBe(false);
  expect(goesWrong(escalation({ verdict: 'pending_with_ignored_block' }))).toBe(true);
  expect(goesWrong(escalation({ verdict: 'denied', findings: [finding] }))).toBe(true);
  expect(goesWrong(escalation({ findings: [{ ...finding, severity: 'notice' }] }))).toBe(false);
  const block = { verb: 'Denied', by: 'x', resolvedAt: null, note: null, amendment: null, line: 9 };
  const blocks = [
    { ...block, counts: true },
    { ...block, counts: false },
  ];
  expect(goesWrong(escalation({ verdict: 'denied', blocks }))).toBe(true);
});

it('is narrowed by kind, agent and words, and keeps its order', () => {
  const all = [
    escalation({ path: 'a' }),
    escalation({ path: 'b', verdict: 'approved', agent: 'quill' }),
    escalation({ path: 'c', tool: 'calendar__create' }),
  ];
  const paths = (change: Partial<typeof FIRST_FORM>) =>
    narrowed(all, { ...FIRST_FORM, ...change }).map(({ path }) => path);
  expect(paths({})).toEqual(['a', 'b', 'c']);
  expect(paths({ filter: 'waiting' })).toEqual(['a', 'c']);
  expect(paths({ agent: 'quill' })).toEqual(['b']);
  expect(paths({ search: 'DESK mail' })).toEqual(['a', 'b']);
});

it('colours a text and loses none of it', () => {
  fc.assert(
    fc.property(fc.json(), fc.integer({ min: 0, max: 2 }), (json, indent) => {
      const text = JSON.stringify(JSON.parse(json), null, indent);
      const tokens = jsonTokens(text);
      expect(tokens.map((token) => token.text).join('')).toBe(text);
      expect(tokens.filter(({ kind }) => kind === 'gap').every((token) => token.text.trim() === '')).toBe(
        true,
      );
    }),
  );
  expect(jsonTokens('{"a": "b:c"}').map(({ kind }) => kind)).toEqual([
    'punct',
    'key',
    'punct',
    'gap',
    'str',
    'punct',
  ]);
});
