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
