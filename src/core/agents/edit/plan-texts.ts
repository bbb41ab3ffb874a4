import type { PlannedFile } from '../../../contract/edits.ts';

const real = new WeakMap<PlannedFile, string>();

/** Remembers the text with its secrets that a planned file stands for; it never leaves this process. */
export function keepWrittenText(file: PlannedFile, text: string): void {
  real.set(file, text);
}

/** What is to be written for a planned file, secrets in clear; null: the file is taken away. */
export function writtenText(file: PlannedFile): string | null {
  return file.after === null ? null : (real.get(file) ?? file.after.text);
}
