import { expect, test } from 'vitest';
import type { ReportSummary } from '../../contract/ledger.ts';
import type { Source } from '../../contract/workspace.ts';
import { problemsOf } from './problems-of.ts';

const problem = (severity: 'error' | 'warning' | 'notice') => ({ severity }) as Source['problems'][number];
const source = { problems: [problem('warning'), problem('notice'), problem('warning')] } as unknown as Source;

test('errors and warnings are counted apart, so that a warning is not shown as an error; notices are not', () => {
  expect(problemsOf(source, null)).toEqual({ errors: 0, warnings: 2 });
  const report = { errors: 1, warnings: 3, notices: 9, stale: false } as ReportSummary;
  expect(problemsOf(source, null, report)).toMatchObject({ errors: 1, warnings: 3 });
  expect(problemsOf(source, null, { ...report, stale: true })).toEqual({ errors: 0, warnings: 2 });
});
