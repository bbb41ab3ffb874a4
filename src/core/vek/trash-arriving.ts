import { existsSync } from 'node:fs';
import type { Plan } from '../../contract/operations.ts';
import type { NodeRecord } from '../../contract/vek.ts';
import { recordFolder, trashFile } from '../operations/folder.ts';
import type { VekLook } from './store.ts';
import { readTrashNodes } from './trash-lines.ts';

/** Calls that are not in the store yet and will be once a plan is applied, by hash. */
export type Arriving = ReadonlyMap<string, Pick<NodeRecord, 'parent_hash' | 'merge_parent'>>;

/** The calls a plan adds: the node it makes, and for an undo those that come back from the trash. */
export function arrivingWith(s: VekLook, plan: Pick<Plan, 'action' | 'refs' | 'makes'>): Arriving {
  const arriving = new Map<string, NodeRecord>();
  if (plan.makes !== null) arriving.set(plan.makes.node.hash, plan.makes.node);
  const { action } = plan;
  if (action.kind !== 'undo') return arriving;
  if (plan.refs.every(({ after }) => after === null || s.node(after) !== null)) return arriving;
  const folder = recordFolder(s.paths.dir);
  const file = folder.ok ? trashFile(folder.value, action.operation) : null;
  if (file === null || !existsSync(file)) return arriving;
  for (const node of readTrashNodes(file)) arriving.set(node.hash, node);
  return arriving;
}
