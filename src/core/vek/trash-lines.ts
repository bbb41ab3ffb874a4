import { closeSync, openSync, readSync } from 'node:fs';
import { z } from 'zod';
import type { NodeRecord } from '../../contract/vek.ts';
import { limits } from '../storage/limits.ts';
import { jsonLine } from './export-lines.ts';

const nodeSchema = z.object({
  hash: z.string(),
  tool: z.string(),
  input_hash: z.string(),
  output_hash: z.string(),
  parent_hash: z.string().nullable(),
  timestamp: z.string(),
  merge_parent: z.string().nullable(),
});

/**
 * A line of the trash. `ref`, `node` and `object` are those of vek's JSONL export (formats/vek.md §7); `absent` names
 * something that was not in the store when the rest was kept, and vek's import passes over it.
 */
const lineSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ref'), name: z.string(), hash: z.string() }),
  nodeSchema.extend({ type: z.literal('node') }),
  z.object({ type: z.literal('object'), hash: z.string(), content_b64: z.string() }),
  z.object({ type: z.literal('absent'), hash: z.string() }),
]);
export type TrashLine = z.infer<typeof lineSchema>;

/** The line of something that was not in the store. */
export function absentLine(hash: string): string {
  return jsonLine({ type: 'absent', hash });
}

/** Reads a file of the trash line by line; null stands for a line that can't be read. */
export function* readTrashLines(path: string): Generator<TrashLine | null> {
  for (const line of textLines(path)) if (line.trim() !== '') yield parseLine(line);
}

/** Reads the nodes of a file of the trash only. */
export function* readTrashNodes(path: string): Generator<NodeRecord> {
  for (const line of textLines(path)) {
    const parsed = line.startsWith('{"type": "node"') ? parseLine(line) : null;
    if (parsed?.type === 'node') yield parsed;
  }
}

function parseLine(line: string): TrashLine | null {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return null;
  }
  const parsed = lineSchema.safeParse(value);
  return parsed.success ? parsed.data : null;
}

const CHUNK = 1024 * 1024;

function* textLines(path: string): Generator<string> {
  const file = openSync(path, 'r');
  try {
    const chunk = Buffer.alloc(CHUNK);
    const line = lineBuffer();
    for (;;) {
      const length = readSync(file, chunk, 0, CHUNK, null);
      if (length === 0) break;
      const bytes = chunk.subarray(0, length);
      let start = 0;
      for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, start)) {
        line.add(bytes.subarray(start, end));
        yield line.take();
        start = end + 1;
      }
      line.add(bytes.subarray(start));
    }
    yield line.take();
  } finally {
    closeSync(file);
  }
}

/** Gathers one line. One that is longer than the trash ever writes is let go, and reads as a damaged line. */
function lineBuffer() {
  const longest = limits.trashObjectBytes * 1.5;
  let parts: Buffer[] = [];
  let size = 0;
  return {
    add(bytes: Buffer): void {
      size += bytes.length;
      if (size > longest) parts = [];
      else if (bytes.length > 0) parts.push(Buffer.from(bytes));
    },
    take(): string {
      const text = size > longest ? 'too long' : Buffer.concat(parts).toString('utf8');
      parts = [];
      size = 0;
      return text;
    },
  };
}
