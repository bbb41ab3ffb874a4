import type { ToolNames } from '../contract/vek.ts';
import type { GraphIndex } from '../core/graph/index.ts';

/** More names than a person reads or a completion needs; a foreign store may have one for each call. */
const MOST_TOOLS = 2000;

/** Every tool with its number of calls, the most used first. */
export function toolNames(index: Pick<GraphIndex, 'count' | 'tools' | 'toolNames'>): ToolNames {
  const calls = new Uint32Array(index.toolNames.length);
  for (let i = 0; i < index.count; i++) calls[index.tools[i]!]!++;
  const used = [...calls.keys()].filter((tool) => calls[tool]! > 0);
  used.sort((a, b) => calls[b]! - calls[a]!);
  const tools = used
    .slice(0, MOST_TOOLS)
    .map((tool) => ({ name: index.toolNames[tool]!, calls: calls[tool]! }));
  return { tools, more: used.length - tools.length };
}
