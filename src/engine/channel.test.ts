import { expect, test } from 'vitest';
import { createChannel } from './channel.ts';

test('every subscriber gets each value in order, also when it is slow', async () => {
  const channel = createChannel<number>();
  const first = channel.subscribe();
  const second = channel.subscribe();
  const firstNext = first.next();
  const secondNext = second.next();
  channel.publish(1);
  channel.publish(2);
  expect((await firstNext).value).toBe(1);
  expect((await secondNext).value).toBe(1);
  channel.publish(3);
  expect((await first.next()).value).toBe(2);
  expect((await first.next()).value).toBe(3);
  expect((await second.next()).value).toBe(2);
});

test('an aborted subscriber ends, the others go on', async () => {
  const channel = createChannel<number>();
  const abort = new AbortController();
  const gone = channel.subscribe(abort.signal);
  const stays = channel.subscribe();
  const goneNext = gone.next();
  const staysNext = stays.next();
  abort.abort();
  expect((await goneNext).done).toBe(true);
  channel.publish(7);
  expect((await staysNext).value).toBe(7);
});

test('closing ends every subscriber after what it has in its queue', async () => {
  const channel = createChannel<number>();
  const subscriber = channel.subscribe();
  const next = subscriber.next();
  channel.publish(1);
  channel.publish(2);
  channel.close();
  expect((await next).value).toBe(1);
  expect((await subscriber.next()).value).toBe(2);
  expect((await subscriber.next()).done).toBe(true);
});
