import type { RecordRow, RunTree } from '../../../../contract/records.ts';

/** One row of a family of runs. */
export type FamilyRow = {
  readonly key: string;
  readonly node: RunTree;
  readonly depth: number;
  /** among its siblings, from 1 */
  readonly at: number;
  readonly of: number;
  /** null: it started nothing */
  readonly open: boolean | null;
};

/** How deep a family is unfolded at first. */
const OPEN_DEPTH = 4;

/** The rows from top to bottom; `turned`: what a person folded or unfolded, by key. */
export function familyRows(tree: RunTree, turned: ReadonlyMap<string, boolean>): readonly FamilyRow[] {
  const rows: FamilyRow[] = [];
  const walk = (node: RunTree, depth: number, at: number, of: number, above: string) => {
    // the same record can stand twice: as a child, and as what a delegation led to
    const key = `${above}/${node.row.id}`;
    const open = node.children.length === 0 ? null : (turned.get(key) ?? depth <= OPEN_DEPTH);
    rows.push({ key, node, depth, at, of, open });
    if (open !== true) return;
    for (const [index, child] of node.children.entries()) {
      walk(child, depth + 1, index + 1, node.children.length, key);
    }
  };
  walk(tree, 1, 1, 1, '');
  return rows;
}

/** What a family is made of. */
export type FamilySize = { readonly records: number; readonly agents: number; readonly delegations: number };

/** Counts every record of a family, folded away or not. */
export function familySize(tree: RunTree): FamilySize {
  const agents = new Set<string>();
  let [records, delegations] = [0, 0];
  const walk = (node: RunTree) => {
    records += 1;
    agents.add(node.row.agent);
    if (node.by === 'delegated') delegations += 1;
    for (const child of node.children) walk(child);
  };
  walk(tree);
  return { records, agents: agents.size, delegations };
}

/** What a record is in its family, in a word or two. */
export function roleOf(row: RecordRow, by: RunTree['by']): string {
  if (by === 'delegated') return 'its own run';
  if (row.marks.includes('mirror') || row.marks.includes('mirror-alone')) return 'delegated';
  if (by === 'root') return row.trigger ?? 'run';
  switch (row.primitive) {
    case 'helper':
      return 'helper';
    case 'tool':
      return 'tool';
    case 'capture':
      return 'note';
    case 'judgment':
      return 'judge';
    case 'embed':
      return 'embedding';
    default:
      return row.trigger ?? row.primitive ?? 'run';
  }
}
