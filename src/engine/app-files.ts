import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { replaceFile } from '../core/storage/replace.ts';

/** The window's own state: settings, layout, tabs. */
export const WINDOW_STATE = 'window.json';

/** Reads a text file of the app folder; null when it is not there or can't be read. */
export function readAppFile(dataDir: string, name: string): string | null {
  try {
    return readFileSync(join(dataDir, name), 'utf8');
  } catch {
    return null;
  }
}

/** Replaces a text file of the app folder atomically. Throws what the file system throws. */
export function writeAppFile(dataDir: string, name: string, text: string): void {
  mkdirSync(dataDir, { recursive: true });
  replaceFile(join(dataDir, name), text);
}
