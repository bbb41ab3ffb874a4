import { mkdirSync, readFileSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { replaceFile } from '../../storage/replace.ts';

/** Microseconds since 1970 that a date can be made of. */
const micros = z.number().min(0).max(8e18);
const mark = z.tuple([z.int(), z.string().max(200)]);
const state = z.object({
  atMicros: micros,
  events: z.int(),
  seq: z.int(),
  hash: z.string().max(200),
});
const account = z.object({
  name: z.string().max(200),
  createdAt: z.string().max(200).nullable(),
  spentMicro: z.number(),
  reservedMicro: z.number(),
  /** every budget that it was seen with, oldest first */
  budgets: z.array(z.object({ atMicros: micros, micro: z.number() })).max(64),
});

/** What is kept of a ledger: hashes, counts and balances, nothing of its contents. */
const memory = z.object({
  version: z.literal(1),
  path: z.string(),
  first: z.object({ seq: z.int(), hash: z.string().max(200), mark: z.string().max(100) }),
  firstSeenMicros: micros,
  head: state,
  /** the entry up to which it once added up; null: it never did; absent: up to its head */
  soundTo: z.int().nullable().optional(),
  /** what was known before the opening that this was written in; null: nothing was */
  before: state.nullable().optional(),
  checkpoints: z.array(mark).max(2_048),
  accounts: z.array(account).max(5_000),
  /** when this was written, at the end of that look: a look that began before may be of an older moment */
  writtenMicros: micros.optional(),
  /** older copies that were put back, each with what was seen before */
  restored: z
    .array(
      z.object({
        atMicros: micros,
        from: state,
        toSeq: z.int(),
        /** where that was seen, if elsewhere: this may be an older copy of it */
        path: z.string().optional(),
      }),
    )
    .max(20),
});
export type Memory = z.infer<typeof memory>;
export type SeenState = z.infer<typeof state>;

/** Bytes of one such file. Larger ones are none of ours. */
const MAX_BYTES = 16 * 1024 * 1024;

/** Reads a memory. `unreadable`: the file is there, and is damaged, closed to us, or of a later Vekscope. */
export function readMemory(file: string): Memory | 'none' | 'unreadable' {
  try {
    const size = statSync(file, { throwIfNoEntry: false })?.size;
    if (size === undefined) return 'none';
    if (size > MAX_BYTES) return 'unreadable';
    const parsed = memory.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    return parsed.success ? parsed.data : 'unreadable';
  } catch {
    return 'unreadable';
  }
}

/** The entry up to which what was seen once added up; null: it never did. */
export const soundTo = ({ soundTo: to, head }: Memory): number | null => (to === undefined ? head.seq : to);

/**
 * Writes a memory in one step; false where it could not. A file that can't be read is set aside, not overwritten: it may
 * be of use to a later Vekscope, or to a person.
 */
export function writeMemory(file: string, kept: Memory): boolean {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const text = JSON.stringify(memory.parse(kept));
    if (readMemory(file) === 'unreadable') renameSync(file, `${file}.unreadable-${kept.head.atMicros}`);
    replaceFile(file, `${text}\n`);
    return true;
  } catch {
    return false;
  }
}
