import type { FactKind } from '../../contract/vek.ts';
import { parseJsonBytes } from '../../core/json/decode.ts';
import { prettyJson } from '../../core/json/pretty.ts';
import type { JsonNode } from '../../core/json/tree.ts';
import { fail, ok } from '../../core/result.ts';
import { limits } from '../../core/storage/limits.ts';
import { materialise } from '../../core/vek/materialise.ts';
import { resolveHash } from '../../core/vek/resolve.ts';
import { status } from '../../core/vek/status.ts';
import { usageOf } from '../../core/vek/usage-of.ts';
import { ask } from '../ask.ts';
import type { Call } from '../command.ts';
import { exact, EXIT, printBytes, safe, safeLine, short } from '../output.ts';

/** Prints the branch, its tip and the counts. */
export function runStatus(call: Call): number {
  const asked = ask(call, ['nodes', 'objects', 'refs'], status);
  if (!asked.ok) return call.out.failure(asked.error);
  const { branch, tip, nodes, objects, refs } = asked.value.value;
  call.out.answer({ branch, tip, nodes, objects, refs }, () => [
    `On branch ${call.out.paint(safeLine(branch), 'green')}`,
    `Tip:     ${tip === null ? '(no calls yet)' : short(tip)}`,
    `Nodes:   ${nodes}`,
    `Objects: ${objects}`,
    `Refs:    ${refs}`,
  ]);
  return asked.value.exit;
}

function pretty(node: JsonNode): string {
  return safe(prettyJson(node).text);
}

/**
 * Prints a call with its values. A missing object reads as null in the shape of the real tool, so standard error
 * and the exit code 1 tell it apart from a stored null.
 */
export function runShow(call: Call): number {
  const asked = ask(call, ['nodes'], (s) => {
    const hash = resolveHash(s, call.words[0] as string);
    return hash.ok ? materialise(s, hash.value) : hash;
  });
  if (!asked.ok) return call.out.failure(asked.error);
  const { record, input, output, missing } = asked.value.value;
  call.out.answer({ ...record, input: exact(input), output: exact(output) }, () => {
    const lines = [
      call.out.paint(`node ${safeLine(record.hash)}`, 'yellow'),
      `tool:   ${safeLine(record.tool)}`,
      `time:   ${safeLine(record.timestamp)}`,
      `parent: ${safeLine(record.parent_hash ?? '(root)')}`,
    ];
    if (record.merge_parent !== null) lines.push(`merge:  ${safeLine(record.merge_parent)}`);
    lines.push(...statedLines(input, output));
    for (const [name, hash, node] of [
      ['input', record.input_hash, input],
      ['output', record.output_hash, output],
    ] as const) {
      lines.push('', `--- ${name} (${short(hash)}) ---`);
      lines.push(missing.includes(name) ? '(missing)' : pretty(node));
    }
    return lines;
  });
  for (const name of missing) {
    const hash = name === 'input' ? record.input_hash : record.output_hash;
    call.out.note(`The ${name} is missing, which is not the same as null: there is no object ${hash}.`);
  }
  return missing.length > 0 ? EXIT.problems : asked.value.exit;
}

/** What the call states about itself, a line each, with the place where it does. */
function statedLines(input: JsonNode, output: JsonNode): readonly string[] {
  return usageOf(input, output).map(
    ({ kind, value, side, pointer }) => `${kind}: ${statedValue(kind, value)} (${side} ${safeLine(pointer)})`,
  );
}

function statedValue(kind: FactKind, value: string | number): string {
  if (typeof value === 'string') return safeLine(value);
  if (kind === 'cost') return `$${(value / 1e6).toFixed(6)}`;
  return kind === 'duration' ? `${value / 1e6} s` : String(value);
}

/** Prints the content of an object. */
export async function runCatFile(call: Call): Promise<number> {
  const asked = ask(call, ['objects'], (s) => {
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
  const { hash, bytes } = asked.value.value;
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (call.options['raw'] === true && !call.out.json) {
    await printBytes(buffer);
    return asked.value.exit;
  }
  const parsed = parseJsonBytes(bytes, { maxDepth: limits.jsonDepth, maxChars: limits.jsonBytes });
  const answer = { hash, content_b64: buffer.toString('base64') };
  call.out.answer(parsed.ok ? { ...answer, content: exact(parsed.node) } : answer, () => [
    parsed.ok && bytes.byteLength > 0 ? pretty(parsed.node) : safe(buffer.toString('utf8')),
  ]);
  return asked.value.exit;
}
