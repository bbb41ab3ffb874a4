import type { Columns, Pools } from './columns.ts';
import { FLAG, NO_DAY } from './table.ts';

/**
 * Parents and children within one agent (formats/atomic-agents.md §4), by the number of the run. A child's own
 * `run_id` is usually its parent's, so a run's own line is one whose parent is not the run itself. Children are
 * written before their parent, so who is an orphan changes as the log grows.
 */
export class FamilyIndex {
  own = new Int32Array(64).fill(-1);
  children = new Uint32Array(64);
  /** rows that name a parent of which there is no line, by the parent's number */
  #waiting = new Map<number, number[]>();

  rebuild(columns: Columns, pools: Pools): void {
    this.own = new Int32Array(room(pools.runs.size)).fill(-1);
    this.children = new Uint32Array(room(pools.runs.size));
    this.#waiting = new Map();
    const { flags } = columns.arrays;
    for (let row = 0; row < columns.count; row++) flags[row]! &= ~FLAG.orphan;
    this.append(columns, pools, 0);
  }

  /** Takes in the rows from `from` on. */
  append(columns: Columns, pools: Pools, from: number): void {
    this.#reserve(pools.runs.size);
    const { run, parent, flags, day } = columns.arrays;
    const { own, children } = this;
    const { count } = columns;
    for (let row = from; row < count; row++) {
      const id = run[row]!;
      const above = parent === null ? 0 : parent[row]!;
      if (above !== 0) children[above]! += 1;
      if (id === 0 || id === above) continue;
      const known = own[id]!;
      if (known === -1 || rank(flags[row]!, day[row]!) >= rank(flags[known]!, day[known]!)) own[id] = row;
      if (known === -1 && this.#waiting.size > 0) this.#found(id, flags);
    }
    if (parent === null) return;
    for (let row = from; row < count; row++) {
      const above = parent[row]!;
      if (above === 0 || own[above] !== -1) continue;
      flags[row]! |= FLAG.orphan;
      const rows = this.#waiting.get(above);
      if (rows === undefined) this.#waiting.set(above, [row]);
      else rows.push(row);
    }
  }

  #found(id: number, flags: Uint32Array): void {
    for (const row of this.#waiting.get(id) ?? []) flags[row]! &= ~FLAG.orphan;
    this.#waiting.delete(id);
  }

  #reserve(size: number): void {
    if (size <= this.own.length) return;
    const own = new Int32Array(room(size)).fill(-1);
    own.set(this.own);
    this.own = own;
    const children = new Uint32Array(room(size));
    children.set(this.children);
    this.children = children;
  }
}

/**
 * Of several lines of a run the latest stands for it, but before that one which is in figures and is no mirror of
 * another run, and then one without a parent. So a target that was found stays found as its log grows.
 */
const rank = (flags: number, day: number): number =>
  ((flags & FLAG.mirror) === 0 && day !== NO_DAY ? 2 : 0) + ((flags & FLAG.hasParent) === 0 ? 1 : 0);

const room = (size: number): number => Math.max(64, Math.ceil(size * 1.5));
