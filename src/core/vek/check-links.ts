import { problemOf, type Findings } from './check-findings.ts';
import { find } from './check-table.ts';
import { SECTION, type Shared } from './check-types.ts';
import type { VekLook } from './store.ts';

/** Which of the two parents a link names. */
type Side = 'parent' | 'merge';

/** Follows links to parents, at once where the parent was entered already, else late. */
export type Links = {
  /** `node`: the number of the call, -1 when it has none. `key`: of the parent, null when its hash is no text. */
  follow(node: number, row: number, side: Side, key: Uint32Array | null): void;
  /** to be called when every node is in the table */
  resolveLate(): void;
};

/** A late link in memory: the row and number of its call, its side, and the key of the parent. */
const WORDS = 10;

/** Makes the links of one worker's share. Late links take 48 bytes each; in a usual store there are few. */
export function makeLinks(look: VekLook, shared: Shared, findings: Findings): Links {
  let late = new Uint32Array(1024 * WORDS);
  let rows = new Float64Array(1024);
  let count = 0;

  const link = (node: number, side: Side, parent: number): void => {
    if (node >= 0) (side === 'parent' ? shared.parents : shared.mergeParents)[node] = parent;
  };
  const missing = (row: number, side: Side): void => {
    const column = side === 'parent' ? 'parent_hash' : 'merge_parent';
    const [name, target] = look.db
      .prepare<[number], [unknown, unknown]>(
        `SELECT hash, CAST(${column} AS TEXT) FROM nodes WHERE rowid = ?`,
      )
      .raw()
      .get(row) ?? [null, null];
    const parent = typeof target === 'string' && target.length === 64 ? target : `“${String(target)}”`;
    const [kind, message]: readonly ['parent-missing' | 'merge-parent-missing', string] =
      side === 'parent'
        ? [
            'parent-missing',
            `The parent ${parent} of the call ${String(name)} is not in the store; the history before it is cut off.`,
          ]
        : [
            'merge-parent-missing',
            `The merged side ${parent} of the merge ${String(name)} is not in the store.`,
          ];
    findings.add(
      SECTION.nodes,
      row,
      problemOf(kind, 'error', typeof name === 'string' ? name : null, message, {
        named: String(target),
        table: 'nodes',
        row,
      }),
    );
  };
  const put = (node: number, row: number, side: Side, key: Uint32Array): void => {
    if (count === rows.length) {
      const [moreLate, moreRows] = [new Uint32Array(late.length * 2), new Float64Array(rows.length * 2)];
      moreLate.set(late);
      moreRows.set(rows);
      [late, rows] = [moreLate, moreRows];
    }
    late.set(key, count * WORDS);
    late[count * WORDS + 8] = node;
    late[count * WORDS + 9] = side === 'parent' ? 0 : 1;
    rows[count] = row;
    count++;
  };

  return {
    follow(node, row, side, key) {
      const parent = key === null ? -1 : find(shared.nodes, key);
      if (parent !== -1) link(node, side, parent);
      else if (key === null) missing(row, side);
      else put(node, row, side, key);
    },
    resolveLate() {
      for (let i = 0; i < count; i++) {
        const at = i * WORDS;
        const side = late[at + 9] === 0 ? 'parent' : 'merge';
        const parent = find(shared.nodes, late.subarray(at, at + 8));
        if (parent === -1) missing(rows[i] as number, side);
        else link((late[at + 8] as number) | 0, side, parent);
      }
    },
  };
}
