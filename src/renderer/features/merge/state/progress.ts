import { z } from 'zod';
import { restoreSession, type Restored } from '../../../../core/merge/session-restore.ts';
import { saveSession } from '../../../../core/merge/session-save.ts';
import {
  startSession,
  WHOLE,
  type Place,
  type Session,
  type SessionDocument,
} from '../../../../core/merge/session.ts';

/** Which calls the branches were at when progress was saved, and where the person stood. */
const headSchema = z.object({
  into: z.string(),
  from: z.string(),
  at: z.object({ document: z.string(), unit: z.string().nullable() }).nullable(),
});
export type ProgressHead = z.infer<typeof headSchema>;

/** A session as it is kept: a line about where it was, then the session. */
export function writeProgress(
  session: Session,
  tips: { readonly into: string; readonly from: string },
  at: Place,
): string {
  const document = session.documents[at.document];
  const unit = at.unit === WHOLE ? null : (document?.units[at.unit]?.id ?? null);
  const head: ProgressHead = { ...tips, at: document === undefined ? null : { document: document.id, unit } };
  return `${JSON.stringify(head)}\n${saveSession(session)}`;
}

export type Progress = Restored & { readonly head: ProgressHead | null };

/** Reads what was kept for documents as they are now; null begins anew. */
export function readProgress(text: string | null, documents: readonly SessionDocument[]): Progress {
  if (text === null)
    return { session: startSession(documents), kept: 0, dropped: [], unreadable: false, head: null };
  const end = text.indexOf('\n');
  return {
    ...restoreSession(text.slice(end + 1), documents),
    head: readHead(text.slice(0, Math.max(end, 0))),
  };
}

function readHead(line: string): ProgressHead | null {
  try {
    const parsed = headSchema.safeParse(JSON.parse(line));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** Where a person stood, in documents as they are now; null where that place is gone. */
export function placeOf(head: ProgressHead | null, documents: readonly SessionDocument[]): Place | null {
  const at = head?.at ?? null;
  if (at === null) return null;
  const document = documents.findIndex(({ id }) => id === at.document);
  if (document < 0) return null;
  if (at.unit === null) return { document, unit: WHOLE };
  const unit = documents[document]!.units.findIndex(({ id }) => id === at.unit);
  return unit < 0 ? { document, unit: WHOLE } : { document, unit };
}
