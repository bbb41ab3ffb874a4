import { beforeEach, expect, it } from 'vitest';
import { dismissAbout, dismissToast, toast, toastFailure, useToasts } from './toasts.ts';

const titles = () => useToasts.getState().toasts.map(({ title }) => title);

beforeEach(() => useToasts.setState({ toasts: [] }));

it('a message is there until it is closed, and no other one goes with it', () => {
  const first = toast({ kind: 'done', title: 'first' });
  toast({ kind: 'done', title: 'second' });
  dismissToast(first);
  dismissToast(first);
  expect(titles()).toEqual(['second']);
});

it('the oldest that is no error gives way', () => {
  toast({ kind: 'error', title: 'error' });
  for (const title of ['a', 'b', 'c', 'd']) toast({ kind: 'note', title });
  expect(titles()).toEqual(['error', 'b', 'c', 'd']);
});

it('a new message is always shown, with its undo, also where errors fill the place', () => {
  for (const title of ['1', '2', '3', '4']) toast({ kind: 'error', title });
  let undone = 0;
  toast({ kind: 'done', title: 'forked', action: { label: 'Undo', run: () => undone++ } });
  expect(titles()).toEqual(['2', '3', '4', 'forked']);
  useToasts.getState().toasts.at(-1)?.action?.run();
  expect(undone).toBe(1);
});

it('a failure says what is so and what can be done; its raw cause is there only where there is one', () => {
  toastFailure({ kind: 'io', message: 'It was not saved.', hint: 'Try again.', detail: 'ENOSPC' });
  toastFailure({ kind: 'io', message: 'Neither was this.', hint: 'Wait.' });
  const [first, second] = useToasts.getState().toasts;
  expect(first).toMatchObject({
    kind: 'error',
    title: 'It was not saved.',
    text: 'Try again.',
    detail: 'ENOSPC',
  });
  expect(second).not.toHaveProperty('detail');
  expect(second).not.toHaveProperty('action');
});

it('a later message about the same takes the place of the one before, and goes when that is over', () => {
  toast({ kind: 'done', title: 'merged', about: 'op-1' });
  toast({ kind: 'note', title: 'marked', about: 'mark' });
  toast({ kind: 'done', title: 'undone', about: 'op-1' });
  expect(titles()).toEqual(['marked', 'undone']);
  dismissAbout('mark');
  expect(titles()).toEqual(['undone']);
});
