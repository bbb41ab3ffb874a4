import { z } from 'zod';
import { actionSchema, type Plan } from '../../contract/operations.ts';
import { isSignedBy, sign, type Installation } from './installation.ts';

const id = z.string().regex(/^[0-9a-f]{24}$/);
const hash = z.string().min(1).max(200);
const refSchema = z.object({ name: z.string(), before: hash.nullable(), after: hash.nullable() });
const madeSchema = z.object({
  node: z.object({
    hash,
    tool: z.string(),
    input_hash: hash,
    output_hash: hash,
    parent_hash: hash.nullable(),
    timestamp: z.string(),
    merge_parent: hash.nullable(),
  }),
  objects: z
    .array(z.object({ role: z.enum(['input', 'output']), hash, bytes: z.number(), fresh: z.boolean() }))
    .readonly(),
});
const planSchema = z.object({
  id,
  action: actionSchema,
  title: z.string(),
  refs: z.array(refSchema).max(1000),
  head: z.object({ before: z.string().nullable(), after: z.string() }).nullable(),
  /** absent in records of earlier versions */
  makes: madeSchema.nullable().default(null),
  keeps: z.object({ nodes: z.number(), objects: z.number() }).nullable(),
  warnings: z.array(z.string()),
  madeAtMicros: z.number(),
});

const common = { id, atMicros: z.number(), installation: z.string().max(100) };
const bodySchema = z.discriminatedUnion('type', [
  z.object({
    v: z.literal(1),
    type: z.literal('begin'),
    ...common,
    /** the text of the HEAD.lock this write takes, so that it is known again after a crash */
    headLock: z.string().max(100).nullable(),
    plan: planSchema,
  }),
  z.object({
    v: z.literal(1),
    type: z.literal('done'),
    ...common,
    outcome: z.enum(['done', 'completed', 'rolled-back', 'abandoned']),
    note: z.string().nullable(),
  }),
]);

/** What one line of the record says: a write begins, or a write came to its end. */
export type RecordBody = z.infer<typeof bodySchema>;
export type BeginBody = Extract<RecordBody, { type: 'begin' }>;
export type DoneBody = Extract<RecordBody, { type: 'done' }>;

/** `own`: this installation wrote exactly this line. `altered`: it bears our id, and our signature does not fit. */
export type RecordLine = { readonly body: RecordBody; readonly own: boolean; readonly altered: boolean };

const ending = /,"mac":"([0-9a-f]{64})"\}$/;

/** The text of a line, signed. */
export function writeLine(body: RecordBody, installation: Installation): string {
  const text = JSON.stringify(body);
  return `${text.slice(0, -1)},"mac":"${sign(installation, text)}"}`;
}

/** Reads one line of the record; null when it is damaged. Whose it is follows from its signature alone. */
export function readLine(line: string, installation: Installation | null): RecordLine | null {
  const mac = ending.exec(line);
  const text = mac === null ? line : `${line.slice(0, mac.index)}}`;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const parsed = bodySchema.safeParse(value);
  if (!parsed.success) return null;
  const claimed = installation !== null && parsed.data.installation === installation.id;
  const own = claimed && mac !== null && isSignedBy(installation, text, mac[1] ?? '');
  return { body: parsed.data, own, altered: claimed && !own };
}

/** The plan as it is written down: exactly the contract's fields. */
export function recordedPlan(plan: Plan): BeginBody['plan'] {
  return { ...plan, refs: [...plan.refs], warnings: [...plan.warnings] };
}
