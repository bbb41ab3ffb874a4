import { ensureBuilt } from './lib/build.mjs';
import { ensureInstalled } from './lib/install.mjs';

process.exitCode = (await ensureInstalled()) && (await ensureBuilt('all', { force: true })) ? 0 : 1;
