import type { NodeRecord } from '../../contract/vek.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import { logEach } from '../../core/vek/log.ts';
import { ask } from '../ask.ts';
import { wholeNumber, type Call } from '../command.ts';
import { jsonText, safeLine, short } from '../output.ts';
import { createSpool } from '../spool.ts';

function lines(call: Call, record: NodeRecord): string {
  const { hash, tool, timestamp, parent_hash, merge_parent } = record;
  const merge = merge_parent === null ? '' : ' (merge)';
  const rows = [`${call.out.paint(short(hash), 'yellow')} ${safeLine(tool)}${merge}  ${safeLine(timestamp)}`];
  if (parent_hash !== null) rows.push(`  parent ${short(parent_hash)}`);
  if (merge_parent !== null) rows.push(`  merge  ${short(merge_parent)}`);
  return rows.join('\n');
}

function limitOf(call: Call): Result<number | 'all'> {
  const { n, all } = call.options;
  if (all !== true) return wholeNumber(typeof n === 'string' ? n : '20', '-n');
  if (n === undefined) return ok('all');
  return fail('bad-request', '-n and --all contradict each other.', 'Give one of them.');
}

/** What to tell where the chain ends before a root, which the records alone do not. */
function cutOff(last: NodeRecord | null): string | null {
  if (last === null || last.parent_hash === null) return null;
  return `The chain ends at ${last.hash}: its parent ${last.parent_hash} is not in the store, or leads back to a call above. See: vekscope fsck`;
}

/** Prints the chain of first parents, record by record, so that its length does not matter. */
export async function runLog(call: Call): Promise<number> {
  const { branch } = call.options;
  const n = limitOf(call);
  if (!n.ok) return call.out.failure(n.error);
  const spool = createSpool();
  const asked = ask(call, ['nodes', 'refs'], (s): Result<string | null> => {
    spool.reset();
    const records = logEach(s, { n: n.value, ...(typeof branch === 'string' ? { branch } : {}) });
    if (!records.ok) return records;
    let count = 0;
    let last: NodeRecord | null = null;
    for (const record of records.value) {
      if (call.out.json) spool.write(`${count === 0 ? '[' : ','}${jsonText(record)}`);
      else spool.write(`${lines(call, record)}\n`);
      count += 1;
      last = record;
    }
    if (call.out.json) spool.write(count === 0 ? '[]\n' : ']\n');
    const whole = n.value === 'all' || (n.value > 0 && count < n.value);
    return ok(whole ? cutOff(last) : null);
  });
  if (!asked.ok) {
    spool.drop();
    return call.out.failure(asked.error);
  }
  await spool.flush();
  if (asked.value.value !== null) call.out.note(asked.value.value);
  return asked.value.exit;
}
