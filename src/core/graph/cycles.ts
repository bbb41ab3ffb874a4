/**
 * Strongly connected components of the nodes for which `active` is true, along both parents (Tarjan, without
 * recursion). Returns for each node the id of its component (-1 for others) and the number of components. A
 * component's id is higher than those of all components that it reaches.
 */
export function components(
  parents: Int32Array,
  mergeParents: Int32Array,
  active: (node: number) => boolean,
): { readonly ids: Int32Array; readonly count: number } {
  const size = parents.length;
  const ids = new Int32Array(size).fill(-1);
  const number = new Int32Array(size);
  const low = new Int32Array(size);
  const step = new Uint8Array(size);
  const stack: number[] = [];
  const path: number[] = [];
  let counter = 0;
  let count = 0;

  for (let start = 0; start < size; start++) {
    if (number[start] !== 0 || !active(start)) continue;
    path.push(start);
    while (path.length > 0) {
      const node = path[path.length - 1]!;
      if (step[node] === 0) {
        number[node] = low[node] = ++counter;
        stack.push(node);
      }
      if (step[node]! < 2) {
        const next = step[node] === 0 ? parents[node]! : mergeParents[node]!;
        step[node]!++;
        if (next < 0 || !active(next)) continue;
        if (number[next] === 0) path.push(next);
        else if (ids[next] === -1) low[node] = Math.min(low[node]!, number[next]!);
        continue;
      }
      path.pop();
      const below = path[path.length - 1];
      if (below !== undefined) low[below] = Math.min(low[below]!, low[node]!);
      if (low[node] !== number[node]) continue;
      for (;;) {
        const member = stack.pop()!;
        ids[member] = count;
        if (member === node) break;
      }
      count++;
    }
  }
  return { ids, count };
}
