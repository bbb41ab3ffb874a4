import { runChecks } from './lib/checks.mjs';
import { ensureInstalled } from './lib/install.mjs';

if (await ensureInstalled()) {
  const { failed } = await runChecks();
  process.exitCode = failed.length === 0 ? 0 : 1;
} else {
  process.exitCode = 1;
}
