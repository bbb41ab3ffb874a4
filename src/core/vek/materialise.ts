import type { NodeRecord } from '../../contract/vek.ts';
import { parseJsonBytes } from '../json/decode.ts';
import { jsonNull, type JsonNode } from '../json/tree.ts';
import { fail, ok, type Result } from '../result.ts';
import { limits } from '../storage/limits.ts';
import type { VekLook } from './store.ts';

/** A record with its values. `missing` names the objects that are not in the store and so read as null. */
export type Materialised = {
  readonly record: NodeRecord;
  readonly input: JsonNode;
  readonly output: JsonNode;
  readonly missing: readonly ('input' | 'output')[];
};

/**
 * A call with its input and output, as vek's show (formats/vek.md §6): an empty or missing object reads as null,
 * one that is not JSON is a failure. `hash` is a full hash.
 */
export function materialise(s: VekLook, hash: string): Result<Materialised> {
  const record = s.node(hash);
  if (record === null) {
    return fail(
      'not-found',
      `There is no call with the hash ${hash}.`,
      'Check the hash, or choose one from the log.',
    );
  }
  const missing: ('input' | 'output')[] = [];
  const input = valueOf(s, record.input_hash, 'input', missing);
  if (!input.ok) return input;
  const output = valueOf(s, record.output_hash, 'output', missing);
  if (!output.ok) return output;
  return ok({ record, input: input.value, output: output.value, missing });
}

function valueOf(
  s: VekLook,
  hash: string,
  role: 'input' | 'output',
  missing: ('input' | 'output')[],
): Result<JsonNode> {
  const object = s.objectHead(hash, limits.jsonBytes);
  if (object === null) {
    missing.push(role);
    return ok(jsonNull);
  }
  if (object.cut) {
    return fail(
      'too-large',
      `The ${role} ${hash} has ${object.size} bytes, more than are read as one value.`,
      'Read its bytes instead: vekscope cat-file.',
    );
  }
  const parsed = parseJsonBytes(object.bytes, { maxDepth: limits.jsonDepth, maxChars: limits.jsonBytes });
  if (parsed.ok) return ok(parsed.node);
  const { message, kind, line, column } = parsed.error;
  const place = kind === 'syntax' ? ` (line ${line}, column ${column})` : '';
  return fail(
    kind === 'syntax' ? 'unreadable' : 'too-large',
    `The ${role} ${hash} can’t be read as JSON: ${message}${place}.`,
    'Read its bytes instead: vekscope cat-file.',
  );
}
