// @vitest-environment happy-dom
import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Content } from '../../../contract/vek.ts';
import { limits } from './read/limits.ts';
import { useReading } from './read/use-reading.ts';
import { useWholeContent, type WholeContent } from './use-content.ts';

const asked = vi.hoisted(() => new Map<string, (content: unknown) => void>());
vi.mock('../../app/engine.ts', () => ({
  api: {
    vek: {
      content: ({ hash }: { readonly hash: string }) => new Promise((settle) => asked.set(hash, settle)),
    },
  },
}));

const content = (hash: string, text: string, cut: boolean): Content => ({
  hash,
  form: 'json',
  text,
  bytes: 100,
  cut,
  notes: [],
});

let root: Root;
beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  asked.clear();
  root = createRoot(document.createElement('div'));
});
afterEach(() => {
  act(() => root.unmount());
  vi.unstubAllGlobals();
});

type ShownProps = { readonly first: Content; readonly tell: (whole: WholeContent) => void };

function Shown({ first, tell }: ShownProps) {
  tell(useWholeContent('s', first));
  return null;
}

it('the whole of one content never stands for another, nor does its reading', async () => {
  const seen: WholeContent[] = [];
  const show = (first: Content) =>
    act(() => root.render(<Shown first={first} tell={(whole) => seen.push(whole)} />));
  const now = () => seen.at(-1)!;
  const [a, b] = [content('a', 'begin', true), content('b', 'begin', true)];
  show(a);
  act(() => now().showAll());
  expect(now().state).toBe('reading');
  show(b);
  expect(now().state).toBe('part');
  act(() => now().showAll());
  await act(async () => asked.get('b')?.({ ok: true, value: content('b', 'all of b', false) }));
  expect([now().state, now().content.text]).toEqual(['whole', 'all of b']);
  await act(async () => asked.get('a')?.({ ok: true, value: content('a', 'all of a', false) }));
  expect([now().state, now().content.text]).toEqual(['whole', 'all of b']);
});

type ReadProps = { readonly first: Content; readonly tell: (state: string) => void };

function Read({ first, tell }: ReadProps) {
  tell(useReading(first, 'tool', false).state);
  return null;
}

it('a content that is too large for a readable form is told from one that has none', () => {
  const states: string[] = [];
  const tell = (state: string) => states.push(state);
  act(() =>
    root.render(<Read tell={tell} first={content('a', 'x'.repeat(limits.contentChars + 1), false)} />),
  );
  act(() => root.render(<Read tell={tell} first={{ ...content('b', '00', false), form: 'hex' }} />));
  expect([states[0], states.at(-1)]).toEqual(['large', 'plain']);
});
