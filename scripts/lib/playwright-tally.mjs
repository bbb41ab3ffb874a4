import { stripVTControlCharacters } from 'node:util';

/**
 * Counts Playwright's JSON report in the form of `vitest-tally.mjs`. A test that passed only when it was repeated
 * passed, and is listed in `repeated` with what went wrong at first.
 */
export function tallyOfPlaywright(report) {
  const tally = { passed: 0, failed: [], skipped: [], repeated: [] };
  const visit = (suite, path) => {
    const here = suite.title === '' ? path : [...path, suite.title];
    for (const inner of suite.suites ?? []) visit(inner, here);
    for (const spec of suite.specs ?? []) {
      const name = ['e2e', ...here, spec.title].join(' > ');
      for (const test of spec.tests) {
        if (test.status === 'expected' || test.status === 'flaky') tally.passed += 1;
        else if (test.status !== 'skipped') tally.failed.push(name);
        if (test.status === 'flaky') tally.repeated.push({ name, reason: firstFailure(test) });
        if (test.status === 'skipped') {
          const why = test.annotations.find(({ type }) => type === 'skip' || type === 'fixme');
          tally.skipped.push({ name, reason: why?.description ?? null });
        }
      }
    }
  };
  for (const suite of report.suites ?? []) visit(suite, []);
  for (const error of report.errors ?? [])
    tally.failed.push(`e2e: ${error.message ?? 'an error outside of a test'}`);
  return tally;
}

/** The first line of what failed at the first try, or null. */
function firstFailure(test) {
  const message = test.results?.find(({ status }) => status !== 'passed')?.error?.message;
  return message === undefined ? null : (stripVTControlCharacters(message).trim().split('\n')[0] ?? null);
}
