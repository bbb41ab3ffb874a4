/** Counts Playwright's JSON report in the form of `vitest-tally.mjs`. A test that passed only when repeated failed. */
export function tallyOfPlaywright(report) {
  const tally = { passed: 0, failed: [], skipped: [] };
  const visit = (suite, path) => {
    const here = suite.title === '' ? path : [...path, suite.title];
    for (const inner of suite.suites ?? []) visit(inner, here);
    for (const spec of suite.specs ?? []) {
      const name = ['e2e', ...here, spec.title].join(' > ');
      for (const test of spec.tests) {
        if (test.status === 'expected') tally.passed += 1;
        else if (test.status !== 'skipped') tally.failed.push(name);
        else {
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
