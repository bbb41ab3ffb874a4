import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { endianness } from 'node:os';
import { crc32 } from 'node:zlib';

const types = { Float64Array, Int32Array, Uint32Array, Int16Array, Uint16Array, Uint8Array };

/** A table that can be kept. */
export type Block = Float64Array | Int32Array | Uint32Array | Int16Array | Uint16Array | Uint8Array;
type Make = {
  readonly BYTES_PER_ELEMENT: number;
  new (buffer: ArrayBufferLike, offset: number, length: number): Block;
};
type Section = {
  readonly name: string;
  readonly type: keyof typeof types;
  readonly length: number;
  readonly crc: number;
};
type Header<F> = {
  readonly format: number;
  readonly endian: string;
  readonly sections: readonly Section[];
  readonly facts: F;
};

/**
 * The form of a file of tables in the app folder: 8 signs that name its kind, length and checksum of the header, the
 * header as JSON, then each table at a multiple of 8 bytes, with a checksum of its own. `format` changes whenever a file
 * of an older version of the program must not be read.
 */
export type ArrayFile = { readonly magic: string; readonly format: number };

/** magic, length and checksum of the header */
const PREFIX = 16;

const aligned = (bytes: number): number => Math.ceil(bytes / 8) * 8;

/** The file in parts, so that the tables are not copied for it. `facts` is what the header says beside the tables. */
export function arrayFileParts<F>(
  { magic, format }: ArrayFile,
  facts: F,
  blocks: Iterable<readonly [string, Block]>,
): readonly Uint8Array[] {
  const sections: Section[] = [];
  const parts: Uint8Array[] = [];
  for (const [name, values] of blocks) {
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    parts.push(bytes, new Uint8Array(aligned(bytes.length) - bytes.length));
    const type = values.constructor.name as Section['type'];
    sections.push({ name, type, length: values.length, crc: crc32(bytes) });
  }
  const header: Header<F> = { format, endian: endianness(), sections, facts };
  const head = Buffer.from(JSON.stringify(header));
  const prefix = Buffer.alloc(aligned(PREFIX + head.length));
  prefix.write(magic, 0, 'latin1');
  prefix.writeUInt32LE(head.length, 8);
  prefix.writeUInt32LE(crc32(head), 12);
  prefix.set(head, PREFIX);
  return [prefix, ...parts];
}

/**
 * Reads such a file into shared memory, in which its tables then lie. Null where it is damaged, of another kind, version
 * or machine, or larger than `maxBytes`. Throws what the system says where it can't be read.
 */
export function readArrayFile<F>(
  path: string,
  { magic, format }: ArrayFile,
  maxBytes: number,
): { readonly facts: F; readonly blocks: ReadonlyMap<string, Block> } | null {
  const bytes = readWhole(path, maxBytes);
  if (bytes === null) return null;
  const file = Buffer.from(bytes.buffer);
  if (file.toString('latin1', 0, 8) !== magic) return null;
  const length = file.readUInt32LE(8);
  if (PREFIX + length > file.length) return null;
  const head = file.subarray(PREFIX, PREFIX + length);
  if (crc32(head) !== file.readUInt32LE(12)) return null;
  const header = JSON.parse(head.toString()) as Header<F>;
  if (header.format !== format || header.endian !== endianness()) return null;
  const blocks = new Map<string, Block>();
  let at = aligned(PREFIX + length);
  for (const section of header.sections) {
    const make: Make = types[section.type];
    const size = section.length * make.BYTES_PER_ELEMENT;
    if (at + size > file.length || crc32(file.subarray(at, at + size)) !== section.crc) return null;
    blocks.set(section.name, new make(bytes.buffer, at, section.length));
    at += aligned(size);
  }
  return at === file.length ? { facts: header.facts, blocks } : null;
}

function readWhole(path: string, maxBytes: number): Uint8Array | null {
  const file = openSync(path, 'r');
  try {
    const stat = fstatSync(file);
    if (!stat.isFile() || stat.size < PREFIX || stat.size > maxBytes) return null;
    const bytes = new Uint8Array(new SharedArrayBuffer(stat.size));
    let filled = 0;
    while (filled < bytes.length) {
      const read = readSync(file, bytes, filled, bytes.length - filled, filled);
      if (read === 0) return null;
      filled += read;
    }
    return bytes;
  } finally {
    closeSync(file);
  }
}
