import { describe, expect, test } from 'vitest';
import type { AgentFile } from '../../../../contract/agent-files.ts';
import type { AssembledPrompt, PromptPiece } from '../../../../contract/prompt.ts';
import { outlineRows, rowOfPlace } from './entries.ts';

const piece = (title: string, group: PromptPiece['group'], tokens: number): PromptPiece => ({
  key: title,
  group,
  title,
  path: group === 'skills' ? null : `quill/${title}`,
  text: '',
  bytes: 0,
  characters: 0,
  tokens,
  share: 0,
});

const prompt: AssembledPrompt = {
  agent: 'quill',
  pieces: [
    piece('IDENTITY.md', 'persona', 100),
    piece('Skills', 'skills', 50),
    piece('user_a.md', 'pinned', 400),
    piece('project_b.md', 'recent', 20),
  ],
  text: '',
  characters: 0,
  tokens: 570,
  limitTokens: 1000,
  limitFrom: 'model.md',
  left: [
    { path: 'quill/project_c.md', title: 'project_c.md', why: 'the sixth', missed: true, tokens: 3 },
    { path: 'quill/model.md', title: 'model.md', why: 'never sent', missed: false, tokens: 9 },
  ],
  breakpoints: [],
  blocking: [],
};

const file = (
  name: string,
  kind: AgentFile['kind'],
  why: string | null,
  findings: AgentFile['findings'] = [],
): AgentFile => ({
  path: `quill/${name}`,
  name,
  kind,
  bytes: 0,
  modifiedMicros: 0,
  loaded: why === null,
  why,
  writtenBy: 'person',
  findings,
});

const files = [
  file('model.md', 'model', null),
  file('user_a.md', 'memory-note', null),
  file('feedback_x.md', 'memory-note', 'unknown type'),
  file('Odd Name.md', 'memory-note', null, [
    {
      severity: 'warning',
      message: 'It breaks a rule of its format: its name is odd.',
      hint: '',
      line: null,
    },
  ]),
  file('20260530_46.md', 'memory-version', 'A kept version.'),
  file('notes.bak', 'unknown', 'It has no place in the format.'),
];

const words = (rows: ReturnType<typeof outlineRows>): readonly string[] =>
  rows.map((row) =>
    row.kind === 'head' ? `${row.label} (${row.note})` : `  ${row.label} ${row.note}`.trimEnd(),
  );

describe('the outline of an agent', () => {
  test('follows the prompt, then says what is not sent, and what is not loaded with the rule it breaks', () => {
    const rows = outlineRows(files, prompt, new Set());
    expect(words(rows)).toEqual([
      'Sent with every run (tokens, est.)',
      '  IDENTITY.md',
      '  Skills',
      'Pinned notes (1 of 5)',
      '  user_a.md',
      'Recent notes (1 of 5)',
      '  project_b.md',
      'Not sent ()',
      '  project_c.md just missed',
      '  model.md',
      'Not loaded by the agent (1)',
      '  feedback_x.md',
      'Loaded against the rules (1)',
      '  Odd Name.md',
    ]);
    expect(rows.at(-3)).toMatchObject({ tone: 'bad', why: 'unknown type' });
    expect(rows.at(-1)).toMatchObject({ tone: 'warn', why: 'its name is odd.' });
  });

  test('bars are measured against the largest part, and a part without a file leads into the prompt', () => {
    const rows = outlineRows(files, prompt, new Set());
    expect(rows[1]).toMatchObject({ weight: { tokens: 100, of: 0.25 } });
    expect(rows[2]).toMatchObject({ place: { page: 'prompt', item: 'Skills' } });
    expect(rowOfPlace(rows, { page: 'file', item: 'quill/user_a.md' })).toBe(4);
    expect(rowOfPlace(rows, { page: 'memory', item: null })).toBe(-1);
  });

  test('a folded part keeps its heading', () => {
    const rows = outlineRows(files, prompt, new Set(['sent', 'left']));
    expect(words(rows).slice(0, 2)).toEqual(['Sent with every run (tokens, est.)', 'Pinned notes (1 of 5)']);
  });

  test('an agent that was not assembled still shows its files', () => {
    expect(words(outlineRows(files, null, new Set()))).toEqual([
      'Not sent ()',
      '  model.md',
      'Not loaded by the agent (1)',
      '  feedback_x.md',
      'Loaded against the rules (1)',
      '  Odd Name.md',
    ]);
  });
});
