/**
 * A many-to-many channel: every subscriber gets each value published after it subscribed, in order. A slow
 * subscriber buffers; its iterator ends when it is aborted or the channel closes.
 */
export type Channel<T> = {
  publish(value: T): void;
  subscribe(signal?: AbortSignal): AsyncGenerator<T, void, void>;
  close(): void;
};

/** Makes an open channel. */
export function createChannel<T>(): Channel<T> {
  const wakers = new Set<(value: T | null) => void>();
  let closed = false;

  async function* subscribe(signal?: AbortSignal): AsyncGenerator<T, void, void> {
    const queue: T[] = [];
    let wake: (() => void) | null = null;
    let ended = closed || signal?.aborted === true;
    const push = (value: T | null): void => {
      if (value === null) ended = true;
      else queue.push(value);
      wake?.();
    };
    const onAbort = (): void => push(null);
    wakers.add(push);
    signal?.addEventListener('abort', onAbort);
    try {
      for (;;) {
        while (queue.length > 0) yield queue.shift() as T;
        if (ended) return;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        wake = null;
      }
    } finally {
      wakers.delete(push);
      signal?.removeEventListener('abort', onAbort);
    }
  }

  return {
    publish(value) {
      for (const push of wakers) push(value);
    },
    subscribe,
    close() {
      closed = true;
      for (const push of wakers) push(null);
    },
  };
}

/** What one piece of work tells while it runs, in order; it is stopped when nobody listens any more, and what it throws is thrown here. */
export async function* eventsOf<T>(
  work: (tell: (event: T) => void, signal: AbortSignal) => Promise<void>,
  signal?: AbortSignal,
): AsyncGenerator<T, void, void> {
  const channel = createChannel<T>();
  const abort = new AbortController();
  const stop = (): void => abort.abort();
  signal?.addEventListener('abort', stop);
  const events = channel.subscribe();
  const first = events.next();
  const worked = work(channel.publish, abort.signal).finally(() => channel.close());
  // who listens hears of it below; when nobody does any more, the work was given up
  worked.catch(() => undefined);
  try {
    for (let next = await first; next.done !== true; next = await events.next()) yield next.value;
    await worked;
  } finally {
    signal?.removeEventListener('abort', stop);
    stop();
  }
}
