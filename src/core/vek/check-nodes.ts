import { hash as digest } from 'node:crypto';
import type { NodeRecord } from '../../contract/vek.ts';
import { exactTime } from '../graph/time.ts';
import { limits } from '../storage/limits.ts';
import { forRows } from './check-chunks.ts';
import { problemOf, type Findings } from './check-findings.ts';
import { makeLinks } from './check-links.ts';
import { find, insert, keyOf } from './check-table.ts';
import { CONTROL, OBJECT, SECTION, type Shared } from './check-types.ts';
import { nodePayload } from './hash.ts';
import { readRecord, type RawNode, type ReadRecord } from './record.ts';
import type { VekLook } from './store.ts';

type Row = readonly [row: number, ...RawNode];

/** What is left when the nodes were read: resolve the parents that no worker had entered yet. Returns the rows read. */
export type NodesRead = { readonly rows: number; readonly resolveLate: () => void };

/**
 * Checks this worker's share of the nodes as vek's fsck does and more: hash, objects, parents, tool, time. All
 * objects must be in their table. The parents that stand in another share are checked by `resolveLate`, once all
 * workers have read all nodes.
 */
export function checkNodes(
  look: VekLook,
  shared: Shared,
  findings: Findings,
  tick: (rows: number) => void,
): NodesRead {
  const [node, input, output, parent, merge] = Array.from(
    { length: 5 },
    () => new Uint32Array(8),
  ) as FiveKeys;
  const keys: NodeKeys = { node, input, output, parent, merge };
  const links = makeLinks(look, shared, findings);
  const tools = new Map<string, string>();
  let rows = 0;
  const sql = `SELECT rowid, ${look.nodeColumns} FROM nodes`;
  forRows<Row>(look, shared, shared.survey.nodes, CONTROL.nodeChunk, sql, tick, (raw) => {
    rows++;
    const row = raw[0];
    const { record, broken } = readNode(raw);
    const name = record.hash;

    const time = exactTime(record.timestamp);
    const payload = payloadOf(record, broken, !Number.isNaN(time), keys, tools);
    const computed = digest('sha256', `node ${Buffer.byteLength(payload)}\0${payload}`);
    if (computed !== name || broken.length > 0) {
      const why = broken.length > 0 ? ` (${broken.join(', ')})` : '';
      const message = `The call ${name} was altered after it was recorded${why}: recomputed hash is ${computed}.`;
      findings.add(
        SECTION.nodes,
        row,
        problemOf('node-altered', 'error', name, message, { computed, table: 'nodes', row }),
      );
    }
    const inputNumber = typeof raw[3] === 'string' ? find(shared.objects, input) : -1;
    if (inputNumber === -1 || shared.objectStates[inputNumber] !== OBJECT.whole) {
      objectProblem(shared, findings, 'input', inputNumber, record.input_hash, name, row);
    }
    const outputNumber = typeof raw[4] === 'string' ? find(shared.objects, output) : -1;
    if (outputNumber === -1 || shared.objectStates[outputNumber] !== OBJECT.whole) {
      objectProblem(shared, findings, 'output', outputNumber, record.output_hash, name, row);
    }

    let number = -1;
    if (typeof raw[1] === 'string') {
      keyOf(name, node);
      number = insert(shared.nodes, node);
      if (number === -1) {
        const message = `The call ${name} is stored twice, which the index of the table should not allow.`;
        findings.add(
          SECTION.nodes,
          row,
          problemOf('duplicate-row', 'error', name, message, { table: 'nodes', row }),
        );
      } else {
        shared.nodeRows[number] = row;
        shared.times[number] = time;
      }
    }
    if (raw[5] !== null) links.follow(number, row, 'parent', typeof raw[5] === 'string' ? parent : null);
    if (raw[7] !== null) links.follow(number, row, 'merge', typeof raw[7] === 'string' ? merge : null);

    if (record.tool === '' || typeof raw[2] !== 'string') {
      const message = `The call ${name} has no tool name${typeof raw[2] === 'string' ? '' : ' that is text'}.`;
      findings.add(
        SECTION.nodes,
        row,
        problemOf('tool-odd', 'warning', name, message, { table: 'nodes', row }),
      );
    }
    if (Number.isNaN(time)) {
      const message = `The time of the call ${name} is written as “${record.timestamp}”, not in the form of vek; the Python tool sorts it by its letters.`;
      findings.add(
        SECTION.nodes,
        row,
        problemOf('time-form', 'notice', name, message, { table: 'nodes', row, named: record.timestamp }),
      );
    }
  });
  return { rows, resolveLate: links.resolveLate };
}

type FiveKeys = [Uint32Array, Uint32Array, Uint32Array, Uint32Array, Uint32Array];
type NodeKeys = Readonly<Record<'node' | 'input' | 'output' | 'parent' | 'merge', Uint32Array>>;

const nothing: readonly string[] = [];

/** The record of a row; the usual case, all of it text, without a detour. */
function readNode(raw: Row): ReadRecord {
  const [, hash, tool, input_hash, output_hash, parent_hash, timestamp, merge_parent] = raw;
  if (
    typeof hash === 'string' &&
    typeof tool === 'string' &&
    typeof input_hash === 'string' &&
    typeof output_hash === 'string' &&
    (parent_hash === null || typeof parent_hash === 'string') &&
    typeof timestamp === 'string' &&
    (merge_parent === null || typeof merge_parent === 'string')
  ) {
    const record = { hash, tool, input_hash, output_hash, parent_hash, timestamp, merge_parent };
    return { record, broken: nothing };
  }
  return readRecord(raw.slice(1) as unknown as RawNode);
}

/**
 * `nodePayload`, without escaping what is known to need none. Reads the keys of objects and parents on the way. `tools`
 * keeps the JSON of the names of tools.
 */
function payloadOf(
  record: NodeRecord,
  broken: readonly string[],
  usualTime: boolean,
  keys: NodeKeys,
  tools: Map<string, string>,
): string {
  const { tool, input_hash, output_hash, parent_hash, timestamp, merge_parent } = record;
  let plain = keyOf(input_hash, keys.input);
  plain = keyOf(output_hash, keys.output) && plain;
  if (parent_hash !== null) plain = keyOf(parent_hash, keys.parent) && plain;
  if (merge_parent !== null) keyOf(merge_parent, keys.merge);
  if (!plain || merge_parent !== null || broken.length > 0 || !usualTime) {
    return nodePayload(record);
  }
  let name = tools.get(tool);
  if (name === undefined) {
    name = JSON.stringify(tool);
    if (tools.size < limits.searchTools) tools.set(tool, name);
  }
  const parent = parent_hash === null ? 'null' : `"${parent_hash}"`;
  return `{"input_hash":"${input_hash}","output_hash":"${output_hash}","parent_hash":${parent},"timestamp":"${timestamp}","tool":${name}}`;
}

function objectProblem(
  shared: Shared,
  findings: Findings,
  side: 'input' | 'output',
  number: number,
  object: string,
  node: string,
  row: number,
): void {
  findings.use(object, node, row);
  const [kind, what]: readonly ['missing' | 'altered' | 'not-blob', string] =
    number === -1
      ? ['missing', 'is not in the store']
      : shared.objectStates[number] === OBJECT.altered
        ? ['altered', 'was altered: its bytes do not fit its hash']
        : ['not-blob', 'is not stored as BLOB'];
  const message = `The ${side} ${object.length === 64 ? object : `“${object}”`} of the call ${node} ${what}.`;
  findings.add(
    SECTION.nodes,
    row,
    problemOf(`${side}-${kind}`, 'error', node, message, { named: object, table: 'nodes', row }),
  );
}
