import { fail, ok, type Result } from '../../result.ts';
import { mapSecrets } from '../settings/mcp.ts';

/** A text whose secrets are covered; the first of them is `(hidden 1)`. */
export type Covered = { readonly text: string; readonly secrets: readonly string[] };

const PLACEHOLDER = /\(hidden (\d{1,9})\)/g;
const whole = /^\(hidden (\d{1,9})\)$/;

/** Whether a file can hold secrets: `mcp.md`, and what is kept of it. */
function mayHoldSecrets(path: string): boolean {
  return /(?:^|\.)mcp\.md/i.test(path.slice(path.lastIndexOf('/') + 1));
}

/**
 * A text as it may leave the folder: each secret of `mcp.md` is a placeholder with a number, equal ones have the same.
 * `known`: secrets that have their numbers already.
 */
export function coverSecrets(path: string, text: string, known: readonly string[] = []): Covered {
  if (!mayHoldSecrets(path)) return { text, secrets: known };
  const numbers = new Map(known.map((secret, i) => [secret, i + 1] as const));
  const covered = mapSecrets(text, (secret) => {
    const number = numbers.get(secret) ?? numbers.size + 1;
    numbers.set(secret, number);
    return `(hidden ${number})`;
  });
  return { text: covered, secrets: [...numbers.keys()] };
}

/** The same without the secrets. */
export function coveredText(path: string, text: string): string {
  return coverSecrets(path, text).text;
}

/** How many values of a text are covered. */
export function hiddenValues(path: string, text: string): number {
  let count = 0;
  if (mayHoldSecrets(path))
    mapSecrets(text, (secret) => {
      count++;
      return secret;
    });
  return count;
}

/**
 * An edited text with its secrets put back, each to its own placeholder, wherever that was moved. `original` is what
 * the text was made from. Fails where a placeholder is none of it, or stands where it would be shown.
 */
export function uncovered(path: string, text: string, original: string | null): Result<string> {
  if (!mayHoldSecrets(path)) return ok(text);
  const { secrets, text: shown } = coverSecrets(path, original ?? '');
  let wrong: string | null = null;
  const put = mapSecrets(text, (value) => {
    const number = whole.exec(value)?.[1];
    const secret = number === undefined ? undefined : secrets[Number(number) - 1];
    if (secret !== undefined) return secret;
    wrong ??= value.match(PLACEHOLDER)?.[0] ?? null;
    return value;
  });
  if (wrong !== null) return misplaced(path, wrong);
  const stray = strayPlaceholder(shown, text);
  if (stray !== null) return misplaced(path, stray);
  // a secret that holds a comma or an equals sign can be read otherwise at another place
  if (plain(coveredText(path, put)) !== plain(coveredText(path, text))) {
    const hint = 'Write the value anew there; the file stays as it is until then.';
    return fail('bad-request', `A hidden value of ${path} would be shown where it stands now.`, hint);
  }
  return ok(put);
}

/** A placeholder that stands outside of `env`, where the original had no such words. */
function strayPlaceholder(original: string, text: string): string | null {
  const before = outside(original);
  for (const one of outside(text)) {
    const at = before.indexOf(one);
    if (at === -1) return one;
    before.splice(at, 1);
  }
  return null;
}

function outside(text: string): string[] {
  return mapSecrets(text, () => '').match(PLACEHOLDER) ?? [];
}

function plain(covered: string): string {
  return covered.replaceAll(PLACEHOLDER, '(hidden)');
}

function misplaced(path: string, placeholder: string): Result<never> {
  return fail(
    'bad-request',
    `${placeholder} in ${path} stands for no hidden value there.`,
    'Put it back as it was, or write the value itself.',
  );
}
