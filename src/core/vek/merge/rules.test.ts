import { describe, expect, it } from 'vitest';
import type { DocumentRule } from '../../../contract/merge.ts';
import { parseJson } from '../../json/parse.ts';
import type { JsonNode } from '../../json/tree.ts';
import { identityOf } from './identity.ts';
import { fitsRule } from './rule-fit.ts';
import { ruleFor, type FoundRule } from './rules.ts';
import { titleOf } from './title.ts';
import { collectFields } from './tool-fields.ts';

function tree(json: string): JsonNode {
  const parsed = parseJson(json);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.node;
}

type Inputs = {
  readonly base?: string;
  readonly ours: readonly string[];
  readonly theirs: readonly string[];
};

function lastOf(inputs: readonly string[]): JsonNode | undefined {
  const input = inputs[inputs.length - 1];
  return input === undefined ? undefined : tree(input);
}

function found(tool: string, { base, ours, theirs }: Inputs, chosen?: DocumentRule): FoundRule {
  const fields = collectFields();
  for (const input of [...ours, ...theirs]) fields.add(tree(input));
  return ruleFor(
    {
      tool,
      fields,
      both: ours.length > 0 && theirs.length > 0,
      sameInput: ours.some((input) => theirs.includes(input)),
      last: { base: lastOf(base === undefined ? [] : [base]), ours: lastOf(ours), theirs: lastOf(theirs) },
    },
    chosen,
  );
}

const asked = (content: string): string =>
  `{"messages":[{"role":"user","content":"${content}"}],"model":"m","system":"s","thread":"t"}`;
const fields = (...pointers: string[]): DocumentRule => ({ by: 'fields', pointers });

describe('what counts as one document', () => {
  it.each<[string, string, Inputs, DocumentRule]>([
    [
      'a file that is written',
      'write_file',
      { ours: ['{"path":"a","text":"1"}'], theirs: ['{"path":"b","text":"2"}'] },
      fields('/path'),
    ],
    [
      'the first name in the order of names',
      'put',
      { ours: ['{"name":"n","id":7}'], theirs: ['{"name":"m","id":8}'] },
      fields('/id'),
    ],
    [
      'a section of a document, if all calls name one',
      'update_doc',
      { ours: ['{"doc_id":1,"section":"a"}'], theirs: ['{"doc_id":1,"section":"b"}'] },
      fields('/doc_id', '/section'),
    ],
    [
      'the whole document, if some calls name no section',
      'update_doc',
      { ours: ['{"doc_id":1,"section":"a"}', '{"doc_id":1}'], theirs: ['{"doc_id":1,"section":"b"}'] },
      fields('/doc_id'),
    ],
    [
      'the lines that are read',
      'read_file',
      { ours: ['{"path":"a","range":[1,9]}'], theirs: ['{"path":"a"}'] },
      fields('/path', '/range'),
    ],
    [
      'not the lines that are changed',
      'edit_file',
      { ours: ['{"path":"a","range":[1,9]}'], theirs: ['{"path":"a","range":[2,3]}'] },
      fields('/path'),
    ],
    [
      'what a search asks, and where',
      'grep',
      { ours: ['{"path":"src","pattern":"x"}'], theirs: ['{"path":"src","pattern":"y"}'] },
      fields('/pattern', '/path'),
    ],
    [
      'the query of a search',
      'web.search',
      { ours: ['{"query":"x","limit":3}'], theirs: ['{"query":"y","limit":3}'] },
      fields('/query'),
    ],
    [
      'the command of a shell',
      'bash.run',
      { ours: ['{"command":"ls","cwd":"/a"}'], theirs: ['{"command":"ls","cwd":"/b"}'] },
      fields('/command', '/cwd'),
    ],
    [
      'address and method',
      'http_request',
      { ours: ['{"url":"u","method":"GET"}'], theirs: ['{"url":"u","method":"PUT"}'] },
      fields('/url', '/method'),
    ],
    [
      'arguments in a wrapper',
      'write_file',
      { ours: ['{"args":[],"kwargs":{"path":"a"}}'], theirs: ['{"args":[],"kwargs":{"path":"b"}}'] },
      fields('/kwargs/path'),
    ],
    [
      'what a wrapper calls, and with what',
      'dispatch',
      {
        ours: ['{"name":"write_file","arguments":{"path":"a"}}'],
        theirs: ['{"name":"read_file","arguments":{"path":"b"}}'],
      },
      fields('/name', '/arguments/path'),
    ],
  ])('%s', (_, tool, inputs, rule) => {
    expect(found(tool, inputs)).toEqual({ rule, reason: 'naming', confirmed: true });
  });

  it('the whole input where both sides used the same', () => {
    const inputs = { ours: ['{"k":"all"}', '{"k":"net"}'], theirs: ['{"k":"all"}'] };
    expect(found('run_tests', inputs)).toEqual({
      rule: { by: 'input' },
      reason: 'same-input',
      confirmed: true,
    });
  });

  it('else the fields that did not change, without settings', () => {
    const inputs = {
      base: '{"lang":"fr","text":"a","temperature":1,"dry":true}',
      ours: ['{"lang":"fr","text":"b","temperature":1,"dry":true}'],
      theirs: ['{"lang":"fr","text":"c","temperature":1,"dry":true}'],
    };
    expect(found('translate', inputs)).toEqual({
      rule: fields('/lang'),
      reason: 'equal-fields',
      confirmed: true,
    });
  });

  it('else every call, which is an assumption to confirm', () => {
    const assumed = { rule: { by: 'call' }, reason: 'assumed', confirmed: false };
    const inputs = { ours: ['{"goal":"a"}'], theirs: ['{"goal":"b"}'] };
    expect(found('plan', inputs)).toEqual(assumed);
    expect(found('plan', { ...inputs, base: '{"goal":"c"}' })).toEqual(assumed);
    expect(
      found('model.chat', {
        ours: ['{"messages":[{"role":"user"}],"id":1}'],
        theirs: ['{"messages":[{"role":"x"}],"id":1}'],
      }),
    ).toEqual(assumed);
    expect(found('plan', inputs, { by: 'tool' })).toEqual({
      rule: { by: 'tool' },
      reason: 'chosen',
      confirmed: true,
    });
  });

  it('sections of what was one whole document before are an assumption', () => {
    const inputs = { ours: ['{"doc":"d","section":"a"}'], theirs: ['{"doc":"d","section":"b"}'] };
    const rule = fields('/doc', '/section');
    expect(found('update_doc', { ...inputs, base: '{"doc":"d","text":"x"}' })).toEqual({
      rule,
      reason: 'assumed',
      confirmed: false,
    });
    expect(found('update_doc', { ...inputs, base: '{"doc":"d","section":"c"}' })).toMatchObject({
      rule,
      confirmed: true,
    });
    expect(found('update_doc', { ...inputs, base: '{"doc":"d"}', theirs: [] })).toMatchObject({
      confirmed: true,
    });
  });

  it('the name of a model names no document', () => {
    const inputs = { base: asked('x'), ours: [asked('y')], theirs: [asked('z')] };
    expect(found('llm.chat', inputs).rule).toEqual(fields('/thread'));
    const bare = (content: string): string => asked(content).replace(',"thread":"t"', '');
    expect(found('llm.chat', { base: bare('x'), ours: [bare('y')], theirs: [bare('z')] })).toEqual({
      rule: { by: 'call' },
      reason: 'assumed',
      confirmed: false,
    });
  });

  it('calls that are named in different ways are an assumption too', () => {
    expect(found('put', { ours: ['{"path":"a"}'], theirs: ['{"x":1}'] })).toEqual({
      rule: fields('/path'),
      reason: 'assumed',
      confirmed: false,
    });
    expect(found('put', { ours: ['{"path":"a"}'], theirs: ['{"url":"a"}'] })).toEqual({
      rule: fields('/path', '/url'),
      reason: 'assumed',
      confirmed: false,
    });
    expect(found('put', { ours: ['{"path":"a"}', '{"x":1}'], theirs: [] })).toMatchObject({
      confirmed: true,
    });
  });

  it('offers fields that are in every input, names of documents first', () => {
    const offered = collectFields();
    offered.add(
      tree('{"a~b":"x","rev":1,"doc":"d","on":true,"deep":{"id":4,"n":{"id":5}},"long":"","half":1.5}'),
    );
    offered.add(tree('{"a~b":"y","rev":2,"doc":"d","deep":{"id":4},"more":1}'));
    offered.add(null);
    expect(offered.candidates()).toEqual(['/doc', '/deep/id', '/a~0b', '/rev']);
  });
});

const call = 'a'.repeat(64);

function text(rule: DocumentRule, input: string | null): string {
  return identityOf(rule, input === null ? null : tree(input), call).text;
}

function fits(rule: DocumentRule, identity: string): boolean {
  return fitsRule(rule, tree(identity));
}

function title(by: DocumentRule, input: string): string {
  return titleOf('read_file', by, identityOf(by, tree(input), call).value, tree(input));
}

describe('the identity of a call', () => {
  it('is made of the fields of the rule, the input, the tool or the call', () => {
    const input = '{"section":"s","doc":"d","deep":{"id":1.0},"x":1}';
    expect(text(fields('/doc', '/section'), input)).toBe('{"doc":"d","section":"s"}');
    expect(text(fields('/deep/id', '/none'), input)).toBe('{"/deep/id":1.0}');
    expect(text({ by: 'input' }, '[2, 1]')).toBe('[2,1]');
    expect(text({ by: 'tool' }, null)).toBe('{}');
    expect(text({ by: 'call' }, input)).toBe(`{"call":"${call}"}`);
  });

  it('is the call where the input has none of the fields or can’t be read', () => {
    for (const input of ['{"x":1}', '[]', '{"doc":"\\ud83d"}', null]) {
      expect(text(fields('/doc'), input)).toBe(`{"call":"${call}"}`);
    }
    expect(text({ by: 'input' }, '"\\ud83d"')).toBe(`{"call":"${call}"}`);
  });

  it('of an earlier merge fits the rule or not', () => {
    expect(fits(fields('/doc', '/section'), '{"doc":"d"}')).toBe(true);
    expect(fits(fields('/doc'), '{"doc":"d","section":"s"}')).toBe(false);
    expect(fits(fields('/doc'), '{"call":"x"}')).toBe(true);
    expect(fits({ by: 'tool' }, '{"doc":"d"}')).toBe(false);
    expect(fits({ by: 'call' }, '{"call":"x"}')).toBe(true);
    expect(fits({ by: 'input' }, '7')).toBe(true);
    expect(fits(fields('/doc'), '7')).toBe(false);
  });

  it('has a title that a person knows it by', () => {
    const rule = fields('/path', '/range');
    expect(title(rule, '{"path":"a/b.md","range":[1,9]}')).toBe('a/b.md · 1–9');
    expect(title({ by: 'input' }, '{"path":"a/b.md"}')).toBe('a/b.md');
    expect(title({ by: 'call' }, '{"path":"a/b.md"}')).toBe('a/b.md');
    expect(title({ by: 'tool' }, '{}')).toBe('read_file');
    expect(title(rule, `{"path":"${'x'.repeat(500)}\\u001b"}`)).toHaveLength(120);
  });
});
