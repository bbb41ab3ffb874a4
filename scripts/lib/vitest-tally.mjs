import { writeFileSync } from 'node:fs';

/** A vitest reporter that writes what `npm test` counts: vitest's own JSON leaves out why a test was skipped. */
export class Tally {
  onTestRunEnd(modules, unhandledErrors) {
    const tally = { passed: 0, failed: [], skipped: [] };
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        const name = `${module.relativeModuleId} > ${test.fullName}`;
        const result = test.result();
        if (result.state === 'passed') tally.passed += 1;
        else if (result.state === 'failed') tally.failed.push(name);
        else tally.skipped.push({ name, reason: result.note ?? null });
      }
      // a file that does not load has no tests, and must not pass for that
      const own =
        module.errors().length > 0 ||
        (module.state() === 'failed' && module.children.allTests('failed').next().done);
      if (own) tally.failed.push(`${module.relativeModuleId} (the file itself)`);
    }
    for (const error of unhandledErrors) tally.failed.push(`an error outside of a test: ${error.message}`);
    const file = process.env['VEKSCOPE_TALLY'];
    if (file !== undefined) writeFileSync(file, JSON.stringify(tally));
  }
}

export { Tally as default };
