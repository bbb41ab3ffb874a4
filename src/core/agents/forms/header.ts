import type { Bind, SlotSection } from './bind.ts';
import { section } from './bind.ts';
import { yamlSlots } from './yaml-slots.ts';
import type { Create, YamlSource, SourceProblem } from './yaml-source.ts';
import { yamlSource } from './yaml-source.ts';
import { blockRegions, headerRegion } from './regions.ts';
import type { FieldDef } from './define.ts';
import { keysOf } from './define.ts';
import type { YamlPath } from './yaml-tree.ts';
import type { KeyOrder } from './yaml-edit.ts';

type Found =
  | { readonly ok: true; readonly source: YamlSource }
  | { readonly ok: false; readonly problem: SourceProblem };

/** The header of a text; the first change of a text without one makes it. */
export function headerSource(text: string, order: KeyOrder): Found {
  return yamlSource(text, headerRegion(text), 'libyaml', order, (yaml) => ({
    from: 0,
    to: 0,
    text: `---\n${yaml}---\n${text === '' || text.startsWith('\n') ? '' : '\n'}`,
  }));
}

/** The first yaml block behind the header. */
export function firstBlock(text: string, any: boolean, order: KeyOrder, create: Create): Found {
  const from = headerRegion(text)?.end ?? 0;
  const region = blockRegions(text.slice(from), any)[0];
  const placed = region === undefined ? null : { start: region.start + from, end: region.end + from };
  return yamlSource(text, placed, 'python', order, create);
}

/** A yaml block at the end of the text, below a heading that is made where it is not there. */
export function newBlock(text: string, heading: string | null): Create {
  return (yaml) => {
    const block = `\`\`\`yaml\n${yaml}\`\`\`\n`;
    const found = heading === null ? -1 : text.search(new RegExp(`^##\\s+${heading}\\b.*$`, 'im'));
    if (found !== -1) {
      const end = text.indexOf('\n', found);
      const at = end === -1 ? text.length : end + 1;
      return { from: at, to: at, text: `${end === -1 ? '\n' : ''}\n${block}` };
    }
    const title = heading === null ? '' : `## ${heading}\n\n`;
    return { from: text.length, to: text.length, text: `${gapBefore(text)}${title}${block}` };
  };
}

/** What makes a blank line between the end of a text and what is added. */
export function gapBefore(text: string): string {
  if (text === '' || text.endsWith('\n\n')) return '';
  return text.endsWith('\n') ? '\n' : '\n\n';
}

/** The order of keys that fields come in, for every mapping above them. `*` stands for any key or place. */
export function orderOf(paths: readonly YamlPath[]): KeyOrder {
  return (path) => {
    const keys: string[] = [];
    for (const one of paths) {
      const next = one[path.length];
      const fits = path.every((step, i) => one[i] === step || one[i] === '*');
      if (fits && typeof next === 'string' && next !== '*' && !keys.includes(next)) keys.push(next);
    }
    return keys;
  };
}

export function pathsOf(base: YamlPath, defs: readonly FieldDef[]): readonly YamlPath[] {
  return defs.map((def) => [...base, ...keysOf(def)]);
}

/** A form whose fields all stand in the header. */
export function headerForm(
  parts: readonly (readonly [id: string, title: string, help: string, defs: readonly FieldDef[]])[],
): Bind {
  const order = orderOf(parts.flatMap(([, , , defs]) => pathsOf([], defs)));
  return (text, about) => {
    const found = headerSource(text, order);
    if (!found.ok)
      return {
        ok: false,
        message: `Its header is no YAML: ${found.problem.message}.`,
        line: found.problem.line,
      };
    const sections = parts.map(([id, title, help, defs]): SlotSection =>
      section(id, title, help, yamlSlots(found.source, [], defs, about)),
    );
    return { ok: true, sections };
  };
}
