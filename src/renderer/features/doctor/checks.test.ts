import { describe, expect, it } from 'vitest';
import type { DoctorCheck, DoctorReport } from '../../../contract/doctor.ts';
import {
  byAgent,
  detailOf,
  FIRST_FORM,
  FOLDER,
  groupOf,
  mendable,
  mendKey,
  missingTemplate,
  narrowed,
  reportText,
} from './checks.ts';

const check = (change: Partial<DoctorCheck>): DoctorCheck => ({
  agent: 'harbor',
  name: 'model',
  title: 'Model',
  status: 'pass',
  message: 'It is well.',
  means: 'Without it nothing goes.',
  hint: '',
  path: null,
  line: null,
  details: [],
  fix: null,
  ...change,
});

const all = [
  check({ agent: null, name: 'env', status: 'skip', message: 'Not in the files.' }),
  check({ name: 'a' }),
  check({ name: 'b', status: 'warn' }),
  check({ agent: 'quill', name: 'c' }),
  check({ agent: 'quill', name: 'd', status: 'fail', path: 'quill/mcp.md', line: 3, hint: 'Mend it.' }),
  check({ agent: null, name: 'e', title: 'Policy' }),
];

const names = (change: Partial<typeof FIRST_FORM>) =>
  narrowed(all, { ...FIRST_FORM, ...change }).map(({ name }) => name);

describe('the checks of the doctor', () => {
  it('stand by agent, the worst agent and the worst check first, what was not checked last', () => {
    expect(byAgent(all).map(({ name }) => name)).toEqual(['d', 'c', 'b', 'a', 'e', 'env']);
    expect(groupOf(all[0]!)).toBe('The folder: not checked');
  });

  it('stay in the list once they were mended', () => {
    expect(names({ mended: [mendKey(check({ name: 'a' }))] })).toEqual(['a', 'b', 'd']);
  });

  it('are mended with others of their kind that can be', () => {
    const fix = { id: 'x', label: 'y' };
    const [one, two] = [check({ name: 'b', fix }), check({ name: 'b', agent: 'quill', fix })];
    const others = [check({ name: 'b', agent: 'sentry' }), check({ name: 'c', fix })];
    expect(mendable([one, ...others, two], two)).toEqual([two, one]);
  });

  it('name the template of a file that is missing', () => {
    const missing = check({ name: 'governance', status: 'fail', message: 'There is no governance.md.' });
    expect(missingTemplate(missing)).toBe('governance');
    expect(
      missingTemplate(check({ name: 'governance', status: 'fail', message: 'It names no owner.' })),
    ).toBeNull();
  });

  it('are narrowed to findings at first, by agent, and by words of the hint', () => {
    expect(names({})).toEqual(['b', 'd']);
    expect(names({ filter: 'all', agent: FOLDER })).toEqual(['env', 'e']);
    expect(names({ filter: 'all', search: 'mend MCP' })).toEqual(['d']);
  });

  it('are a text with everything, findings first', () => {
    const report: DoctorReport = { checks: all, fail: 1, warn: 1, pass: 3, skip: 1 };
    const text = reportText(report, 'fleet', '2026-06-08');
    expect(text).toContain('1 fail, 1 warn, 3 well, 1 not checked');
    expect(text).toContain(
      '  fail  Model: It is well.  (quill/mcp.md:3)\n        Without it nothing goes.\n        Mend it.',
    );
    expect(text.indexOf('quill')).toBeLessThan(text.indexOf('harbor'));
    expect(text.trimEnd().endsWith('skip  Model: Not in the files.')).toBe(true);
  });
});

describe('a detail', () => {
  it.each([
    ['It is not there. (harbor/memory/INDEX.md:15)', 'It is not there.', 'harbor/memory/INDEX.md', 15],
    ['No line names it. (harbor/memory/INDEX.md)', 'No line names it.', 'harbor/memory/INDEX.md', null],
    ['It waits (three attempts).', 'It waits (three attempts).', null, null],
    ['~/agents/memory/ was not looked at.', '~/agents/memory/ was not looked at.', null, null],
  ])('%s has its place', (text, words, path, line) => {
    expect(detailOf(text)).toEqual({ words, path, line });
  });
});
