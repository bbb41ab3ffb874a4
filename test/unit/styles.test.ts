import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..', 'src', 'renderer');
/** Where colours are defined: those of the design, and those of the parts of a prompt. */
const TOKENS = new Set(['styles/tokens.css', 'styles/part-tokens.css']);
const styles = globSync('**/*.css', { cwd: root })
  .map((name) => name.replaceAll('\\', '/'))
  .filter((name) => !TOKENS.has(name))
  .map((name) => ({ name, text: readFileSync(join(root, name), 'utf8').replaceAll(/\/\*.*?\*\//gs, '') }));

/** Rows and chips whose texts are fitted to widths that are measured at one size. */
const FITTED = new Set([
  'features/graph/rows.css',
  'features/graph/filter/filter.css',
  'features/integrity/integrity.css',
]);

const found = (pattern: RegExp, leave = new Set<string>()): string[] =>
  styles
    .filter(({ name }) => !leave.has(name))
    .flatMap(({ name, text }) => Array.from(text.matchAll(pattern), ([match]) => `${name}: ${match}`));

it('colours are those of the tokens, so that both themes have them', () => {
  expect(styles.length).toBeGreaterThan(30);
  expect(found(/#[0-9a-f]{3,8}\b(?=[^{}]*[;}])|\b(?:rgba?|hsla?)\([^)]*\)/gi)).toEqual([]);
});

it('the parts of a prompt have a colour in each theme', () => {
  const text = readFileSync(join(root, 'styles', 'part-tokens.css'), 'utf8');
  const names = Array.from(text.matchAll(/--part-[a-z]+(?=:)/g), ([name]) => name);
  expect(names.length).toBeGreaterThan(8);
  expect(names.toSorted()).toEqual([...new Set(names)].flatMap((name) => [name, name]).toSorted());
});

it('texts grow with the sizes that a person sets', () => {
  expect(found(/font(?:-size)?:(?:[^;(]*\s)?[\d.]+px[^;]*;/g, FITTED)).toEqual([]);
});
