import { yamlBlocks } from '../text/fences.ts';
import { readFrontmatter } from '../text/frontmatter.ts';
import { readYaml } from '../../yaml/yaml.ts';
import { regionsOf } from './merge-split.ts';

/** Why the YAML of a file can't be read as it was meant, in words; null where it can. */
function yamlProblem(path: string, text: string): string | null {
  if (/\.ya?ml$/i.test(path)) {
    const read = readYaml(text);
    return read.ok ? null : inLine(read.problem);
  }
  if (!/\.md$/i.test(path)) return null;
  const { problem } = readFrontmatter(text);
  if (problem !== null) return inLine(problem);
  const block = yamlBlocks(text).find((one) => one.problem !== null);
  return block === undefined ? null : inLine(block.problem!);
}

const inLine = ({ message, line }: { readonly message: string; readonly line: number }): string =>
  `line ${line}: ${message}`;

/** How many mappings of a file can be cut at their keys; fewer where a key stands twice. */
const readable = (path: string, text: string): number =>
  regionsOf(text, path).filter(({ keyed }) => keyed !== null).length;

/** What is wrong with the YAML of a result and was not with either side, in words; null where nothing is. */
export function brokenBy(path: string, result: string, sides: readonly string[]): string | null {
  if (sides.includes(result)) return null;
  const problem = yamlProblem(path, result);
  if (problem !== null) {
    return sides.some((text) => yamlProblem(path, text) !== null)
      ? null
      : `The result can’t be read as YAML: ${problem}.`;
  }
  const least = Math.min(...sides.map((text) => readable(path, text)));
  return readable(path, result) < least ? 'A key stands twice in the YAML of the result.' : null;
}
