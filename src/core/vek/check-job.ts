import type { JobHandler } from '../jobs/serve-jobs.ts';
import { ok, type Result } from '../result.ts';
import { meet } from './check-chunks.ts';
import { checkCycles } from './check-cycles.ts';
import { makeFindings } from './check-findings.ts';
import { countIndexes } from './check-indexes.ts';
import { checkNodes } from './check-nodes.ts';
import { checkObjects } from './check-objects.ts';
import { checkHead, checkRefs } from './check-refs.ts';
import { checkStructure, type Structure } from './check-structure.ts';
import { makeTable } from './check-table.ts';
import {
  CONTROL,
  SECTION,
  type CheckJobInput,
  type CheckJobOutput,
  type CheckProgress,
  type Extent,
  type PartOutput,
  type Shared,
  type Survey,
  type WholeFacts,
} from './check-types.ts';
import { wholeFacts } from './check-whole.ts';
import type { RepositoryPaths } from './paths.ts';
import { lookAtVek, type VekLook } from './store.ts';

type Report = (progress: CheckProgress) => void;

/** The job `vek.check`: one step of a check (see `CheckJobInput`). */
export const checkJob: JobHandler<CheckJobInput, CheckJobOutput, CheckProgress> = (input, { progress }) => {
  const { paths } = input;
  if (input.step === 'structure') {
    return lookAtVek(paths, (look): CheckJobOutput => ({
      step: 'structure',
      structure: checkStructure(look),
    }));
  }
  if (input.step === 'survey') {
    return lookAtVek(paths, (look): CheckJobOutput => ({ step: 'survey', survey: survey(look, false) }));
  }
  if (input.step === 'whole') {
    return lookAtVek(paths, (look): CheckJobOutput => {
      const shared = makeShared(survey(look, true), 1);
      return { step: 'part', output: checkPart(paths, look, shared, 0, progress, checkStructure(look)) };
    });
  }
  return checkShare(paths, input.shared, input.part, progress);
};

/** One of several workers: a second look would not fit what the others saw, so it ends the attempt instead. */
function checkShare(
  paths: RepositoryPaths,
  shared: Shared,
  part: number,
  report: Report,
): Result<CheckJobOutput> {
  let looks = 0;
  try {
    return lookAtVek(paths, (look): CheckJobOutput => {
      if (++looks > 1 || look.salvage) return { step: 'moved' };
      return { step: 'part', output: checkPart(paths, look, shared, part, report) };
    });
  } catch (error) {
    // More rows than the survey counted.
    if (error instanceof RangeError) return ok({ step: 'moved' });
    throw error;
  }
}

/** Counts what there is to check: quickly by the indexes, or exactly by the tables that a check reads. */
function survey(look: VekLook, exact: boolean): Survey {
  const extent = (table: 'nodes' | 'objects'): Extent => {
    if (!look.schema.tables.has(table)) return { rows: 0, first: 0, last: 0 };
    const ends = look.db
      .prepare<[], [number | null, number | null]>(
        `SELECT (SELECT rowid FROM ${table} ORDER BY rowid LIMIT 1), (SELECT rowid FROM ${table} ORDER BY rowid DESC LIMIT 1)`,
      )
      .raw()
      .get() ?? [null, null];
    const rows =
      look.db
        .prepare<[], number>(`SELECT count(*) FROM ${table}${exact ? ' NOT INDEXED' : ''}`)
        .pluck()
        .get() ?? 0;
    return { rows, first: ends[0] ?? 0, last: ends[1] ?? 0 };
  };
  return {
    nodes: extent('nodes'),
    objects: extent('objects'),
    indexes: countIndexes(look),
    salvage: look.salvage,
  };
}

/** Makes the memory for the workers of one check. */
export function makeShared(counted: Survey, workers: number): Shared {
  const nodes = counted.nodes.rows;
  const numbers = (): Int32Array<SharedArrayBuffer> =>
    new Int32Array(new SharedArrayBuffer(Math.max(1, nodes) * 4)).fill(-1);
  const numbers8 = (): Float64Array<SharedArrayBuffer> =>
    new Float64Array(new SharedArrayBuffer(Math.max(1, nodes) * 8)).fill(NaN);
  return {
    workers,
    survey: counted,
    control: new Int32Array(new SharedArrayBuffer(CONTROL.size * 4)),
    nodes: makeTable(nodes),
    objects: makeTable(counted.objects.rows),
    objectStates: new Uint8Array(new SharedArrayBuffer(Math.max(1, counted.objects.rows))),
    nodeRows: numbers8(),
    parents: numbers(),
    mergeParents: numbers(),
    times: numbers8(),
  };
}

/** What worker `part` has to do; the first one also does what is not worth sharing. */
function checkPart(
  paths: RepositoryPaths,
  look: VekLook,
  shared: Shared,
  part: number,
  report: Report,
  structure: Structure | null = null,
): PartOutput {
  const findings = makeFindings();
  const total = shared.survey.nodes.rows + shared.survey.objects.rows;
  const idle = (): void => {
    if (part === 0) report({ done: Atomics.load(shared.control, CONTROL.done), total });
  };
  const tick = (rows: number): void => {
    Atomics.add(shared.control, CONTROL.done, rows);
    idle();
  };
  const objects = checkObjects(look, shared, findings, tick);
  meet(shared, 0, idle);
  const nodes = checkNodes(look, shared, findings, tick);
  meet(shared, 1, idle);
  nodes.resolveLate();
  meet(shared, 2, idle);
  let refs = 0;
  let whole: WholeFacts | null = null;
  if (part === 0) {
    whole = wholeFacts(paths, look, shared, structure);
    refs = checkRefs(look, shared, findings);
    checkCycles(look, shared, findings);
    for (const problem of look.problems) findings.add(SECTION.others, Infinity, problem);
    for (const problem of checkHead(paths, look)) findings.add(SECTION.others, Infinity, problem);
  }
  return {
    found: findings.found,
    damaged: objects.damaged,
    usage: findings.usage,
    indexes: part === 0 ? shared.survey.indexes : [],
    unlisted: findings.unlisted,
    checked: { nodes: nodes.rows, objects: objects.rows, refs },
    whole,
  };
}
