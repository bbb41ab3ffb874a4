import { attempt } from '../../../app/client.ts';
import { api } from '../../../app/engine.ts';
import { writeProgress } from './progress.ts';
import { patchWork, useWorks, workOf, type Work } from './work.ts';

/** How long after an act progress is kept, in ms. */
const SAVE_AFTER_MS = 300;

const timers = new Map<string, number>();

/** Keeps what changed of a merge soon; several acts are kept as one. */
export function keepSoon(key: string): void {
  window.clearTimeout(timers.get(key));
  timers.set(
    key,
    window.setTimeout(() => void keepNow(key), SAVE_AFTER_MS),
  );
}

/** Keeps at once what waits to be kept of a merge. */
export async function keepNow(key: string): Promise<void> {
  if (!timers.has(key)) return;
  forgetWish(key);
  const work = workOf(key);
  if (work === null || work.loaded === null || work.written !== null) return;
  const failure = await save(work, work.loaded);
  patchWork(key, { unsaved: failure });
}

/** Nothing is to be kept of a merge any more: it was written or abandoned. */
export function forgetWish(key: string): void {
  window.clearTimeout(timers.get(key));
  timers.delete(key);
}

async function save(work: Work, { session, tips, at }: NonNullable<Work['loaded']>): Promise<string | null> {
  // choices about edits are short work, and the edits themselves are kept in their set
  if (work.about.kind === 'edits') return null;
  const { source } = work;
  const { into, from } = work.about;
  const { open, contested } = session;
  const progress = writeProgress(session, { into: tips.into.tip, from: tips.from.tip }, at);
  const saved = await attempt(
    api.merge.save({ source, into, from, progress, settled: contested - open, open }),
  );
  return saved.ok ? null : `${saved.error.message} ${saved.error.hint}`;
}

window.addEventListener('pagehide', () => {
  for (const key of Object.keys(useWorks.getState().works)) void keepNow(key);
});
