import type { NodeRecord } from '../../contract/vek.ts';
import { parseJsonBytes } from '../../core/json/decode.ts';
import { prettyJson } from '../../core/json/pretty.ts';
import type { JsonNode } from '../../core/json/tree.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import { limits } from '../../core/storage/limits.ts';
import { log } from '../../core/vek/log.ts';
import { materialise } from '../../core/vek/materialise.ts';
import { resolveHash } from '../../core/vek/resolve.ts';
import { status } from '../../core/vek/status.ts';
import { lookAtVek, type VekLook } from '../../core/vek/store.ts';
import { repository, wholeNumber, type Call, type Verb } from '../command.ts';
import { exact, EXIT, jsonText, safe, safeLine } from '../output.ts';
import { createSpool } from '../spool.ts';

/** Answers a question that one look at the repository answers. */
export function ask<T>(call: Call, question: (s: VekLook) => Result<T>): Result<T> {
  const paths = repository(call);
  if (!paths.ok) return paths;
  const looked = lookAtVek(paths.value, question);
  return looked.ok ? looked.value : looked;
}

const short = (hash: string): string => safeLine(hash.slice(0, 10));

function runStatus(call: Call): number {
  const asked = ask(call, status);
  if (!asked.ok) return call.out.failure(asked.error);
  const { branch, tip, nodes, objects, refs } = asked.value;
  call.out.answer({ branch, tip, nodes, objects, refs }, () => [
    `On branch ${call.out.paint(safeLine(branch), 'green')}`,
    `Tip:     ${tip === null ? '(no calls yet)' : short(tip)}`,
    `Nodes:   ${nodes}`,
    `Objects: ${objects}`,
    `Refs:    ${refs}`,
  ]);
  return EXIT.fine;
}

function logLines(call: Call, record: NodeRecord): string {
  const { hash, tool, timestamp, parent_hash, merge_parent } = record;
  const merge = merge_parent === null ? '' : ' (merge)';
  const lines = [
    `${call.out.paint(short(hash), 'yellow')} ${safeLine(tool)}${merge}  ${safeLine(timestamp)}`,
  ];
  if (parent_hash !== null) lines.push(`  parent ${short(parent_hash)}`);
  if (merge_parent !== null) lines.push(`  merge  ${short(merge_parent)}`);
  return lines.join('\n');
}

async function runLog(call: Call): Promise<number> {
  const { n: count, all, branch } = call.options;
  if (count !== undefined && all === true) {
    return call.out.failure(
      fail('bad-request', '-n and --all contradict each other.', 'Give one of them.').error,
    );
  }
  const n =
    all === true ? ok<number | 'all'>('all') : wholeNumber(typeof count === 'string' ? count : '20', '-n');
  if (!n.ok) return call.out.failure(n.error);
  const spool = createSpool();
  const asked = ask(call, (s): Result<null> => {
    spool.reset();
    const records = log(s, { n: n.value, ...(typeof branch === 'string' ? { branch } : {}) });
    if (!records.ok) return records;
    let first = true;
    for (const record of records.value) {
      if (call.out.json) spool.write(`${first ? '[' : ','}${jsonText(record)}`);
      else spool.write(`${logLines(call, record)}\n`);
      first = false;
    }
    if (call.out.json) spool.write(first ? '[]\n' : ']\n');
    return ok(null);
  });
  if (!asked.ok) {
    spool.drop();
    return call.out.failure(asked.error);
  }
  await spool.flush();
  return EXIT.fine;
}

function pretty(node: JsonNode): string {
  return safe(prettyJson(node).text);
}

function runShow(call: Call): number {
  const asked = ask(call, (s) => {
    const hash = resolveHash(s, call.words[0] as string);
    return hash.ok ? materialise(s, hash.value) : hash;
  });
  if (!asked.ok) return call.out.failure(asked.error);
  const { record, input, output, missing } = asked.value;
  const answer = { ...record, input: exact(input), output: exact(output) };
  call.out.answer(missing.length === 0 ? answer : { ...answer, missing }, () => {
    const lines = [
      call.out.paint(`node ${safeLine(record.hash)}`, 'yellow'),
      `tool:   ${safeLine(record.tool)}`,
      `time:   ${safeLine(record.timestamp)}`,
    ];
    if (record.parent_hash !== null) lines.push(`parent: ${safeLine(record.parent_hash)}`);
    if (record.merge_parent !== null) lines.push(`merge:  ${safeLine(record.merge_parent)}`);
    for (const [name, hash, node] of [
      ['input', record.input_hash, input],
      ['output', record.output_hash, output],
    ] as const) {
      lines.push('', `--- ${name} (${short(hash)}) ---`);
      lines.push(
        missing.includes(name) ? '(missing: the object is not in the store; this is not null)' : pretty(node),
      );
    }
    return lines;
  });
  return EXIT.fine;
}

function runCatFile(call: Call): number {
  const asked = ask(call, (s) => {
    const hash = resolveHash(s, call.words[0] as string);
    if (!hash.ok) return hash;
    const object = s.object(hash.value);
    if (object !== null) return ok(object);
    const isNode = s.node(hash.value) !== null;
    return fail(
      'not-found',
      isNode
        ? `${hash.value} is a call, not an object; a call has no bytes of its own.`
        : `There is no object ${hash.value}.`,
      isNode
        ? `Show it with: vekscope show ${hash.value}`
        : 'Take the hash from the input_hash or output_hash of a call.',
    );
  });
  if (!asked.ok) return call.out.failure(asked.error);
  const { hash, bytes } = asked.value;
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (call.options['raw'] === true && !call.out.json) {
    process.stdout.write(buffer);
    return EXIT.fine;
  }
  const parsed = parseJsonBytes(bytes, { maxDepth: limits.jsonDepth, maxChars: limits.jsonBytes });
  const answer = { hash, content_b64: buffer.toString('base64') };
  call.out.answer(parsed.ok ? { ...answer, content: exact(parsed.node) } : answer, () => [
    parsed.ok && bytes.byteLength > 0 ? pretty(parsed.node) : safe(buffer.toString('utf8')),
  ]);
  return EXIT.fine;
}

export const readVerbs = {
  status: { usage: 'status', summary: 'Branch, tip and counts', words: [0, 0], run: runStatus },
  log: {
    usage: 'log [-n N | --all] [--branch B]',
    summary: 'The chain of first parents, newest first',
    words: [0, 0],
    options: { n: { type: 'string', short: 'n' }, all: { type: 'boolean' }, branch: { type: 'string' } },
    run: runLog,
  },
  show: { usage: 'show HASH', summary: 'One call with its input and output', words: [1, 1], run: runShow },
  'cat-file': {
    usage: 'cat-file HASH [--raw]',
    summary: 'The bytes of an object',
    words: [1, 1],
    options: { raw: { type: 'boolean' } },
    run: runCatFile,
  },
} satisfies Readonly<Record<string, Verb>>;
