// @vitest-environment happy-dom
import { expect, it, vi } from 'vitest';
import { queryOf } from './use-records.ts';

vi.mock('../../app/engine.ts', () => ({ api: {}, client: {} }));

it('a typed text is a query of its own, the id of a run, or a text to search for', () => {
  expect(queryOf('agent:quill is:failed')).toBe('agent:quill is:failed');
  expect(queryOf('run-20260608-070000-000000')).toBe('run:run-20260608-070000-000000');
  expect(queryOf('late "invoice"')).toBe('"late \\"invoice\\""');
  expect(queryOf('cost:much')).toBe('"cost:much"');
  expect(queryOf('http://x')).toBe('"http://x"');
});
