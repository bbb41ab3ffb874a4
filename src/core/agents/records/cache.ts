import { createHash, randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fstatSync,
  mkdirSync,
  openSync,
  readSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { endianness } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { limits } from '../../storage/limits.ts';
import { SPARSE } from './columns.ts';
import { fromPlain, toPlain, type PlainData } from './data-form.ts';
import type { AgentData } from './agent-store.ts';

/** Changed whenever a file of an older version of the program must not be read, also when records are read otherwise. */
const FORMAT = 2;
const MAGIC = 'VKSAGENT';
const PREFIX = 16;
const ENDING = '.agent';

const types = { Float64Array, Int32Array, Uint32Array, Int16Array, Uint16Array, Uint8Array };
type Block = Float64Array | Int32Array | Uint32Array | Int16Array | Uint16Array | Uint8Array;
type Make = new (buffer: ArrayBufferLike, offset: number, length: number) => Block;
type Section = {
  readonly name: string;
  readonly type: keyof typeof types;
  readonly length: number;
  readonly crc: number;
};
type Header = {
  readonly format: number;
  readonly endian: string;
  readonly dir: string;
  readonly sections: readonly Section[];
  readonly rest: Omit<PlainData, 'arrays' | 'runs' | 'texts'> & {
    readonly runs: Pick<PlainData['runs'], 'size' | 'upper' | 'wide'>;
    readonly texts: Pick<PlainData['texts'], 'size' | 'upper' | 'wide'>;
  };
};

const aligned = (bytes: number): number => Math.ceil(bytes / 8) * 8;
const folderOf = (dataDir: string): string => join(dataDir, 'agents');

function cacheFile(dataDir: string, agentDir: string): string {
  const name = createHash('sha256').update(agentDir).digest('hex').slice(0, 32);
  return join(folderOf(dataDir), `${name}${ENDING}`);
}

/**
 * Keeps the tables of one agent in the app folder, in one step. Not waited for the disk: what a power cut leaves is
 * found by its checksums. False where it can't be written: the logs are read again then.
 */
export function saveAgent(dataDir: string, agentDir: string, data: AgentData): boolean {
  const path = cacheFile(dataDir, agentDir);
  const temporary = `${path}.${process.pid}.${randomBytes(4).toString('hex')}.tmp`;
  try {
    mkdirSync(folderOf(dataDir), { recursive: true, mode: 0o700 });
    writeParts(temporary, encoded(agentDir, toPlain(data)));
    renameSync(temporary, path);
    return true;
  } catch (error) {
    if (existsSync(temporary)) rmSync(temporary, { force: true });
    if (isSystemError(error)) return false;
    throw error;
  }
}

/** The kept tables of one agent, or null where there are none, or the file is damaged, of another version or agent. */
export function loadAgent(dataDir: string, agentDir: string): AgentData | null {
  try {
    const bytes = readWhole(cacheFile(dataDir, agentDir));
    const data = bytes === null ? null : decode(bytes, agentDir);
    return data === null ? null : fromPlain(data);
  } catch (error) {
    if (isSystemError(error) || error instanceof SyntaxError) return null;
    throw error;
  }
}

/** Removes what was written longest ago where there is too much. */
export function pruneAgents(dataDir: string): void {
  try {
    const files = readdirSync(folderOf(dataDir))
      .filter((name) => name.endsWith(ENDING))
      .map((name) => {
        const path = join(folderOf(dataDir), name);
        const stat = statSync(path, { throwIfNoEntry: false });
        return { path, time: stat?.mtimeMs ?? 0, bytes: stat?.size ?? 0 };
      })
      .sort((a, b) => b.time - a.time);
    let bytes = 0;
    for (const [at, file] of files.entries()) {
      bytes += file.bytes;
      if (at >= limits.agentCaches || bytes > limits.agentCacheBytes) rmSync(file.path, { force: true });
    }
  } catch (error) {
    if (!isSystemError(error)) throw error;
  }
}

function writeParts(path: string, parts: readonly Uint8Array[]): void {
  const file = openSync(path, 'wx', 0o600);
  try {
    for (const part of parts)
      for (let at = 0; at < part.length;) at += writeSync(file, part, at, part.length - at);
  } finally {
    closeSync(file);
  }
}

const small = ({ size, upper, wide }: PlainData['runs']): Header['rest']['runs'] => ({ size, upper, wide });

/** The file in parts, so that the tables are not copied for it. */
function encoded(dir: string, data: PlainData): readonly Uint8Array[] {
  const sections: Section[] = [];
  const parts: Uint8Array[] = [];
  for (const [name, values] of blocksOf(data)) {
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    parts.push(bytes);
    sections.push({
      name,
      type: values.constructor.name as Section['type'],
      length: values.length,
      crc: crc32(bytes),
    });
  }
  const { arrays: _, runs, texts, ...rest } = data;
  const header: Header = {
    format: FORMAT,
    endian: endianness(),
    dir,
    sections,
    rest: { ...rest, runs: small(runs), texts: small(texts) },
  };
  const head = Buffer.from(JSON.stringify(header));
  const prefix = Buffer.alloc(aligned(PREFIX + head.length));
  prefix.write(MAGIC, 0, 'latin1');
  prefix.writeUInt32LE(head.length, 8);
  prefix.writeUInt32LE(crc32(head), 12);
  prefix.set(head, PREFIX);
  const padded = parts.flatMap((part) => [part, new Uint8Array(aligned(part.length) - part.length)]);
  return [prefix, ...padded];
}

function blocksOf({ arrays, runs, texts }: PlainData): readonly (readonly [string, Block])[] {
  const found: [string, Block][] = [];
  for (const [name, array] of Object.entries(arrays)) if (array !== null) found.push([name, array]);
  found.push(['runs.bytes', runs.bytes], ['runs.starts', runs.starts]);
  found.push(['texts.bytes', texts.bytes], ['texts.starts', texts.starts]);
  return found;
}

function readWhole(path: string): Uint8Array | null {
  const file = openSync(path, 'r');
  try {
    const stat = fstatSync(file);
    if (!stat.isFile() || stat.size < PREFIX || stat.size > limits.agentCacheBytes) return null;
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

function decode(bytes: Uint8Array, dir: string): PlainData | null {
  const file = Buffer.from(bytes.buffer);
  if (file.toString('latin1', 0, 8) !== MAGIC) return null;
  const length = file.readUInt32LE(8);
  if (PREFIX + length > file.length) return null;
  const head = file.subarray(PREFIX, PREFIX + length);
  if (crc32(head) !== file.readUInt32LE(12)) return null;
  const header = JSON.parse(head.toString()) as Header;
  if (header.format !== FORMAT || header.endian !== endianness() || header.dir !== dir) return null;
  const found = new Map<string, Block>();
  let at = aligned(PREFIX + length);
  for (const section of header.sections) {
    const make = types[section.type];
    const size = section.length * make.BYTES_PER_ELEMENT;
    if (at + size > file.length || crc32(file.subarray(at, at + size)) !== section.crc) return null;
    found.set(section.name, new (make as Make)(bytes.buffer, at, section.length));
    at += aligned(size);
  }
  if (at !== file.length) return null;
  const { rest } = header;
  const pool = (name: 'runs' | 'texts'): PlainData['runs'] => ({
    ...rest[name],
    bytes: found.get(`${name}.bytes`) as Uint8Array,
    starts: found.get(`${name}.starts`) as Uint32Array,
  });
  const arrays: Record<string, NonNullable<PlainData['arrays'][string]> | null> = {};
  for (const name of SPARSE) arrays[name] = null;
  for (const [name, block] of found)
    if (!name.includes('.')) arrays[name] = block as NonNullable<PlainData['arrays'][string]>;
  return { ...rest, runs: pool('runs'), texts: pool('texts'), arrays };
}

function isSystemError(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string' &&
    /^E[A-Z]+$/.test(error.code)
  );
}
