import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The app folder of this test process: a fresh temporary one, never the user's. Import it for its effect. */
export const testDataFolder = mkdtempSync(join(tmpdir(), 'vekscope-data-'));
process.env['VEKSCOPE_DATA'] = testDataFolder;
