import { textsWith } from '../../columns/pool-search.ts';
import type { Test } from './match-term.ts';
import type { AgentRecords } from './table.ts';

/** Records with this text in their summary, error, tool or one of their run ids, whatever the case. */
export function textTest(records: AgentRecords, text: string, negated: boolean): Test | 'all' | 'none' {
  const needle = text.toLowerCase();
  const inTexts = textsWith(records.texts, needle, true);
  const inRuns = textsWith(records.runs, needle);
  const inTools = Uint8Array.from(records.tool.names, (name) =>
    name !== null && name.toLowerCase().includes(needle) ? 1 : 0,
  );
  if (inTexts === null && inRuns === null && !inTools.includes(1)) return negated ? 'all' : 'none';
  const { run, parent, delegate, summary, error } = records;
  const { ids } = records.tool;
  return (rows, n) => {
    let kept = 0;
    for (let i = 0; i < n; i++) {
      const row = rows[i]!;
      const hit =
        inTools[ids[row]!] === 1 ||
        (inTexts !== null &&
          ((summary !== null && inTexts[summary[row]!] === 1) ||
            (error !== null && inTexts[error[row]!] === 1))) ||
        (inRuns !== null &&
          (inRuns[run[row]!] === 1 ||
            (parent !== null && inRuns[parent[row]!] === 1) ||
            (delegate !== null && inRuns[delegate[row]!] === 1)));
      if (hit !== negated) rows[kept++] = row;
    }
    return kept;
  };
}
