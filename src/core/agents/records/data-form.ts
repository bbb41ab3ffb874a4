import {
  Columns,
  FIXED,
  NAMED,
  NamePool,
  SPARSE,
  type ColumnArrays,
  type Named,
  type Pools,
} from './columns.ts';
import type { AgentData } from './agent-store.ts';
import type { LogState } from './log-file.ts';
import { TextPool, type PoolData } from '../../columns/text-pool.ts';

type Numbers = ColumnArrays[keyof ColumnArrays];

/** The records of an agent as plain values and shared blocks: a thread hands them over without a copy. */
export type PlainData = {
  readonly count: number;
  readonly capacity: number;
  readonly arrays: Readonly<Record<string, NonNullable<Numbers> | null>>;
  readonly runs: PoolData;
  readonly texts: PoolData;
  readonly names: Readonly<Record<Named, readonly (string | null)[]>>;
  readonly files: readonly LogState[];
  readonly problems: AgentData['problems'];
};

const poolData = ({ bytes, starts, size, upper, wide }: TextPool): PoolData => ({
  bytes,
  starts,
  size,
  upper,
  wide,
});

export function toPlain({ columns, pools, files, problems }: AgentData): PlainData {
  const arrays: Record<string, NonNullable<Numbers> | null> = {};
  for (const name of [...FIXED, ...SPARSE, ...NAMED]) arrays[name] = columns.arrays[name];
  return {
    count: columns.count,
    capacity: columns.capacity,
    arrays,
    runs: poolData(pools.runs),
    texts: poolData(pools.texts),
    names: {
      model: pools.model.names,
      trigger: pools.trigger.names,
      primitive: pools.primitive.names,
      status: pools.status.names,
      costSource: pools.costSource.names,
      tool: pools.tool.names,
    },
    files,
    problems,
  };
}

export function fromPlain(data: PlainData): AgentData {
  const { count, capacity, names, files, problems } = data;
  const pools: Pools = {
    runs: new TextPool(data.runs),
    texts: new TextPool(data.texts),
    model: new NamePool(names.model),
    trigger: new NamePool(names.trigger),
    primitive: new NamePool(names.primitive),
    status: new NamePool(names.status),
    costSource: new NamePool(names.costSource),
    tool: new NamePool(names.tool),
  };
  const columns = new Columns({ count, capacity, arrays: data.arrays as ColumnArrays });
  return { columns, pools, files: [...files], problems };
}
