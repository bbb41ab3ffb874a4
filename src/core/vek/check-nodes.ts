import { hash as digest } from 'node:crypto';
import { forRows } from './check-chunks.ts';
import { problemOf, type Findings } from './check-findings.ts';
import { makeLinks } from './check-links.ts';
import { find, insert, keyOf } from './check-table.ts';
import { CONTROL, OBJECT, SECTION, type Shared } from './check-types.ts';
import { nodePayload } from './hash.ts';
import { readRecord, type RawNode } from './record.ts';
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
  const key = new Uint32Array(8);
  const links = makeLinks(look, shared, findings);
  let rows = 0;
  const sql = `SELECT rowid, ${look.nodeColumns} FROM nodes`;
  forRows<Row>(look, shared, shared.survey.nodes, CONTROL.nodeChunk, sql, tick, (raw) => {
    rows++;
    const row = raw[0];
    const { record, broken } = readRecord(raw.slice(1) as unknown as RawNode);
    const name = record.hash;

    const payload = nodePayload(record);
    const computed = digest('sha256', `node ${Buffer.byteLength(payload)}\0${payload}`);
    if (computed !== name || broken.length > 0) {
      const why = broken.length > 0 ? ` (${broken.join(', ')})` : '';
      const message = `The call ${name} was altered after it was recorded${why}: recomputed hash is ${computed}.`;
      findings.add(SECTION.nodes, row, problemOf('node-altered', 'error', name, message));
    }
    checkObject(shared, findings, key, 'input', record.input_hash, raw[3], name, row);
    checkObject(shared, findings, key, 'output', record.output_hash, raw[4], name, row);

    let number = -1;
    if (typeof raw[1] === 'string') {
      keyOf(name, key);
      number = insert(shared.nodes, key);
      if (number === -1) {
        const message = `The call ${name} is stored twice, which the index of the table should not allow.`;
        findings.add(SECTION.nodes, row, problemOf('duplicate-row', 'error', name, message));
      } else shared.nodeRows[number] = row;
    }
    if (raw[5] !== null) links.follow(number, row, 'parent', raw[5]);
    if (raw[7] !== null) links.follow(number, row, 'merge', raw[7]);

    if (record.tool === '' || typeof raw[2] !== 'string') {
      const message = `The call ${name} has no tool name${typeof raw[2] === 'string' ? '' : ' that is text'}.`;
      findings.add(SECTION.nodes, row, problemOf('tool-odd', 'warning', name, message));
    }
    if (!isUsualTime(record.timestamp)) {
      const message = `The time of the call ${name} is written as “${record.timestamp}”, not in the form of vek; the Python tool sorts it by its letters.`;
      findings.add(SECTION.nodes, row, problemOf('time-form', 'notice', name, message));
    }
  });
  return { rows, resolveLate: links.resolveLate };
}

const usualTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?\+00:00$/;

/** formats/vek.md §3: UTC with its offset, and six digits of a fraction or none. */
function isUsualTime(text: string): boolean {
  return usualTime.test(text) && !text.endsWith('.000000+00:00');
}

function checkObject(
  shared: Shared,
  findings: Findings,
  key: Uint32Array,
  side: 'input' | 'output',
  object: string,
  raw: unknown,
  node: string,
  row: number,
): void {
  let number = -1;
  if (typeof raw === 'string') {
    keyOf(object, key);
    number = find(shared.objects, key);
  }
  const state = number === -1 ? -1 : shared.objectStates[number];
  if (state === OBJECT.whole) return;
  findings.use(object, node, row);
  const [kind, what] =
    state === -1
      ? (['missing', 'is not in the store'] as const)
      : state === OBJECT.altered
        ? (['altered', 'was altered: its bytes do not fit its hash'] as const)
        : (['not-blob', 'is not stored as BLOB'] as const);
  const message = `The ${side} ${object.length === 64 ? object : `“${object}”`} of the call ${node} ${what}.`;
  findings.add(SECTION.nodes, row, problemOf(`${side}-${kind}`, 'error', node, message));
}
