import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Everything that the app folder keeps as JSON: settings, tabs, selection, what views remember. */
export function keptIn(data: string): string {
  return readdirSync(data, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
    .join('\n');
}
