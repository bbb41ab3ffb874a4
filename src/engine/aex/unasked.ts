/** Work that nobody asked for. It waits for quiet, and takes a small part of the time however much changes. */
export type Unasked = {
  /** something changed: it begins when nothing did for `waitMs` more, or after the longest wait; `pressing`: without the pause */
  soon(waitMs?: number, pressing?: boolean): void;
  /** it took that long, however it was begun */
  took(ms: number): void;
  /** what was to come is not needed any more */
  clear(): void;
  close(): void;
};

/** How long nothing must have changed, in ms, and the longest that a ledger which is being written waits. */
const QUIET_MS = 1_500;
const MOST_MS = 20_000;
/** The shortest pause after it, in times of its own length. */
const PAUSE_TIMES = 20;

export function createUnasked(begin: () => void): Unasked {
  let timer: NodeJS.Timeout | null = null;
  let waitingSince = 0;
  let length = 0;
  let ended = -Infinity;
  let closed = false;

  function clear(): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
  }

  return {
    soon(waitMs = QUIET_MS, pressing = false) {
      if (closed) return;
      const now = Date.now();
      if (timer === null) waitingSince = now;
      const most = waitingSince + Math.max(MOST_MS, PAUSE_TIMES * length) - now;
      const pause = pressing ? 0 : ended + PAUSE_TIMES * length - now;
      clear();
      timer = setTimeout(
        () => {
          timer = null;
          begin();
        },
        Math.max(0, pause, Math.min(waitMs, most)),
      );
      timer.unref();
    },
    took(ms) {
      length = ms;
      ended = Date.now();
    },
    clear,
    close() {
      closed = true;
      clear();
    },
  };
}
