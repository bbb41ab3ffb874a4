import { expect, test } from 'vitest';
import { createChannel, eventsOf } from './channel.ts';

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

test('work that throws throws at its listener, after what it told', async () => {
  const events = eventsOf<number>(async (tell) => {
    tell(1);
    throw new Error('a bug');
  });
  expect((await events.next()).value).toBe(1);
  await expect(events.next()).rejects.toThrow('a bug');
});

test('work is stopped when its listener leaves', async () => {
  let stopped = false;
  const events = eventsOf<number>(async (tell, signal) => {
    tell(1);
    await new Promise<void>((settle) => signal.addEventListener('abort', () => settle()));
    stopped = signal.aborted;
  });
  await events.next();
  await events.return();
  await Promise.resolve();
  expect(stopped).toBe(true);
});
