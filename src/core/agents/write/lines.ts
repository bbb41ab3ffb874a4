import { z } from 'zod';

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const path = z.string().min(1).max(10_000);
const name = z
  .string()
  .min(1)
  .max(300)
  .regex(/^\.[^/\\\0]+\.tmp$/);

const CHANGES = ['save', 'restore', 'undo', 'resolve', 'decide', 'fix', 'journal'] as const;
const WRITTEN_FOR = ['person', 'index', 'version', 'snapshot'] as const;

const fileSchema = z.object({
  path,
  before: hash.nullable(),
  after: hash.nullable(),
  writtenFor: z.enum(WRITTEN_FOR),
  /** the mode bits of the former file */
  mode: z.number().nullable(),
  /** the names under which the new text lies while the file is replaced (see swap.ts) */
  writing: name,
  ready: name,
  /** folders that are made for it, outermost first */
  folders: z.array(path).max(50),
});
export type EditFile = z.infer<typeof fileSchema>;

const common = { v: z.literal(1), id: z.string().min(1).max(64), atMicros: z.number() };
const lineSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('begin'),
    ...common,
    does: z.enum(CHANGES),
    /** of an undo: the write that it takes back */
    undoes: z.string().max(64).nullable().default(null),
    title: z.string(),
    label: z.string().nullable(),
    from: z.enum(['window', 'terminal']),
    files: z.array(fileSchema).min(1).max(2_000),
  }),
  z.object({
    type: z.literal('done'),
    ...common,
    outcome: z.enum(['done', 'completed', 'rolled-back', 'abandoned']),
    note: z.string().nullable(),
  }),
]);

/** What one line of the record says: a write begins, with everything it will touch, or came to its end. */
export type EditLine = z.infer<typeof lineSchema>;
export type BeginLine = Extract<EditLine, { type: 'begin' }>;
export type DoneLine = Extract<EditLine, { type: 'done' }>;

const seenSchema = z.object({ v: z.literal(1), path, sha256: hash.nullable(), micros: z.number() });

/** A text that was found in a file and that no write of ours put there. Null: the file was gone. */
export type SeenLine = z.infer<typeof seenSchema>;

export const readEditLine = (line: string): EditLine | null => read(line, lineSchema);
export const readSeenLine = (line: string): SeenLine | null => read(line, seenSchema);

function read<T>(line: string, schema: z.ZodType<T>): T | null {
  try {
    const parsed = schema.safeParse(JSON.parse(line));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
