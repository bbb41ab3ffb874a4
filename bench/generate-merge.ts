import { writeHistory, type HistoryCall } from '../test/support/history.ts';

/** A repository whose branches `ours` and `theirs` changed the same documents. */
export type MergeRepository = { readonly folder: string; readonly conflicts: number };

/**
 * Writes a repository in which merging `theirs` into `main` leaves so many conflicts, in so many documents. Each
 * conflict lies between values that only one side changed, as in a document that two agents worked on.
 */
export function generateMerge(conflicts: number, documents: number): MergeRepository {
  const each = Math.ceil(conflicts / documents);
  const calls: HistoryCall[] = [];
  const put = (side: 'base' | 'ours' | 'theirs', after: number | null): number => {
    for (let i = 0; i < documents; i += 1) {
      const first = i === 0 ? { after } : {};
      calls.push({
        tool: 'update_doc',
        input: JSON.stringify({ doc: `report-${i}`, rev: side }),
        output: JSON.stringify(documentOf(i, each, side)),
        second: calls.length,
        ...first,
      });
    }
    return calls.length - 1;
  };
  const base = put('base', null);
  const ours = put('ours', base);
  const theirs = put('theirs', base);
  const { folder } = writeHistory(calls, { main: ours, theirs, before: base });
  return { folder, conflicts: each * documents };
}

type Side = 'base' | 'ours' | 'theirs';

function documentOf(number: number, conflicts: number, side: Side) {
  const by = (text: string): string => (side === 'base' ? text : `${text}, says ${side}`);
  return {
    title: `Report ${number}`,
    sections: Array.from({ length: conflicts }, (_, i) => ({
      id: i,
      heading: `Section ${i}`,
      verdict: by(`The value of section ${i} is ${i % 7 === 0 ? 'not known' : 'fine'}`),
      score: side === 'ours' && i % 3 === 0 ? i + 0.5 : i,
      checked: side === 'theirs' && i % 5 === 0,
    })),
  };
}
