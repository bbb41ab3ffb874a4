import { expect, it } from 'vitest';
import { countedQueries, dayQuery, keysQuery } from './queries.ts';

const whole = 'agent:quill day:2026-05-10..2026-06-08 -is:mirror';

it('a bar of several days asks for these days and for nothing else less', () => {
  expect(dayQuery(whole, { from: '2026-06-01', to: '2026-06-07' })).toBe(
    'agent:quill -is:mirror day:2026-06-01..2026-06-07',
  );
  expect(dayQuery(whole, { from: '2026-06-01', to: '2026-06-01' })).toContain('day:2026-06-01');
});

it('a part of a bar asks for its groups, whatever their names', () => {
  expect(keysQuery('day:2026-06-01', 'model', ['gpt-5', 'a b', ''])).toBe(
    'day:2026-06-01 model:gpt-5,"a b",""',
  );
});

it('both ways to count delegated runs differ by the mirrors', () => {
  expect(countedQueries(whole)).toEqual({
    logged: 'agent:quill day:2026-05-10..2026-06-08',
    once: 'agent:quill day:2026-05-10..2026-06-08 -is:mirror',
    doubled: 'agent:quill day:2026-05-10..2026-06-08 is:mirror',
  });
  expect(countedQueries('agent:quill').once).toBe('agent:quill -is:mirror');
});
