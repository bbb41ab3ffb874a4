/** For how long after a call a repository counts as recording, in ms. */
export const RECORDING_MS = 10_000;

/** When this window last saw a call arrive, and when anything changed at all; ms since 1970. */
export type Live = { readonly callAt: number | null; readonly changeAt: number | null };

/** What tells that a store moved: its calls or records, the newest of them, and a number that grows with any change. */
export type Moving = {
  readonly revision: number;
  readonly newestMicros: number | null;
  readonly counts: { readonly nodes: number };
};

export const NOT_LIVE: Live = { callAt: null, changeAt: null };

/** The live state after a new overview: a call arrived when the repository has more calls than before. */
export function nextLive(live: Live, before: Moving | null, after: Moving, now: number): Live {
  const newest = after.newestMicros === null ? null : after.newestMicros / 1000;
  if (before === null) {
    const recent = newest !== null && newest <= now && now - newest < RECORDING_MS;
    return recent ? { callAt: newest, changeAt: newest } : live;
  }
  if (after.revision === before.revision) return live;
  return { callAt: after.counts.nodes > before.counts.nodes ? now : live.callAt, changeAt: now };
}

export type LiveWord = 'recording' | 'changing' | 'quiet';

/** What the sources pane says about a repository right now. */
export function liveWord(live: Live, now: number): LiveWord {
  if (live.callAt !== null && now - live.callAt < RECORDING_MS) return 'recording';
  if (live.changeAt !== null && now - live.changeAt < RECORDING_MS) return 'changing';
  return 'quiet';
}
