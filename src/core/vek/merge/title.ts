import type { DocumentRule } from '../../../contract/merge.ts';
import { itemsOf } from '../../json/build.ts';
import type { JsonNode } from '../../json/tree.ts';
import { describeInput } from '../summary-input.ts';
import { kindOf } from '../summary-kind.ts';
import { inline, joined, oneLine } from '../summary-text.ts';

/** Characters of a title. */
const TITLE = 120;

/** What a person calls a document: the values that name it, or what its call was asked. `input` of one of its calls. */
export function titleOf(
  tool: string,
  rule: DocumentRule,
  identity: JsonNode,
  input: JsonNode | null,
): string {
  if (rule.by === 'tool') return oneLine(tool, TITLE);
  const entries = identity.kind === 'object' ? identity.entries : [];
  const byCall = entries.length === 1 && entries[0]!.key === 'call';
  if (rule.by === 'fields' && !byCall) {
    const parts = entries.map(({ value }) => (value.kind === 'array' ? rangeText(value) : inline(value)));
    return oneLine(joined(parts), TITLE);
  }
  const asked = rule.by === 'input' && !byCall ? identity : input;
  if (asked === null) return oneLine(byCall ? `call ${inline(entries[0]!.value).slice(0, 8)}` : tool, TITLE);
  const said = describeInput(kindOf(tool, asked, null), asked, false);
  return oneLine(said === '' ? tool : said, TITLE);
}

/** `[30, 60]` of lines as `30–60`. */
function rangeText(node: JsonNode): string {
  const items = itemsOf(node);
  return items.length === 2 && items.every((item) => item.kind === 'int')
    ? items.map((item) => inline(item)).join('–')
    : inline(node);
}
