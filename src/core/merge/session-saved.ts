import { z } from 'zod';
import { choiceSchema, SIDES } from '../../contract/merge.ts';

const index = z.int().min(0);
const unitEntry = z.union([z.literal('reopened'), z.null(), choiceSchema]);
const documentEntry = z.union([z.enum(['base', ...SIDES, 'reopened']), z.null()]);

/** `[document, unit, entry]` or `[document, entry]` for the document as a whole; positions in the saved documents. */
const changeSchema = z.union([z.tuple([index, index, unitEntry]), z.tuple([index, documentEntry])]);
const stepSchema = z.array(changeSchema);

/** Progress as it is kept: the acts in order, and by which values each place was known when it was decided. */
export const savedSchema = z.object({
  version: z.literal(1),
  documents: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      fingerprint: z.string(),
      /** `[id, fingerprint]` of the units that the acts are about */
      units: z.array(z.tuple([z.string(), z.string()])),
    }),
  ),
  /** automatic decisions that undo has reopened, the first of them first: `[document]` or `[document, unit]` */
  below: z.array(z.union([z.tuple([index]), z.tuple([index, index])])),
  past: z.array(stepSchema),
  /** what redo would do: so many automatic decisions first, then these acts */
  ahead: z.object({ automatic: index, steps: z.array(stepSchema) }),
});

export type Saved = z.infer<typeof savedSchema>;
export type SavedChange = z.infer<typeof changeSchema>;

/** Reads saved progress; null where it is broken or of another version. */
export function readSaved(json: string): Saved | null {
  try {
    const parsed = savedSchema.safeParse(JSON.parse(json));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
