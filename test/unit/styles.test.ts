import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..', 'src', 'renderer');
const styles = globSync('**/*.css', { cwd: root })
  .map((name) => name.replaceAll('\\', '/'))
  .filter((name) => name !== 'styles/tokens.css')
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

it('texts grow with the sizes that a person sets', () => {
  expect(found(/font(?:-size)?:(?:[^;(]*\s)?[\d.]+px[^;]*;/g, FITTED)).toEqual([]);
});
