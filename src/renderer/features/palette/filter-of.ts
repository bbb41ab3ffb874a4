import { parseFilter } from '../../../core/graph/filter.ts';

/** The filter that a query stands for: its own terms, or else its text as it was typed. */
export function filterOf(text: string): string {
  const terms = /(?:^|\s)-?(?:tool|branch|since|until|hash):\S/.test(text) && parseFilter(text).ok;
  return terms ? text : `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}
