// @vitest-environment happy-dom
import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Failure } from '../../../contract/failure.ts';
import { AgainState, StaleNotice } from './AgainState.tsx';

let root: Root;
const error: Failure = {
  kind: 'io',
  message: 'The folder can’t be read.',
  hint: 'Look at its permissions.',
};

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  const place = document.createElement('div');
  document.body.append(place);
  root = createRoot(place);
});
afterEach(() => {
  act(() => root.unmount());
  document.body.replaceChildren();
  vi.unstubAllGlobals();
});

const pressAgain = () =>
  act(() => [...document.querySelectorAll('button')].find((one) => one.textContent === 'Try again')?.click());

it('a view that could not be read says why, and asks once more', () => {
  const again = vi.fn<() => void>();
  act(() => root.render(<AgainState error={error} again={again} />));
  expect(document.body.textContent).toContain('The folder can’t be read.');
  expect(document.body.textContent).toContain('Look at its permissions.');
  pressAgain();
  expect(again).toHaveBeenCalledOnce();
});

it('a view that shows what was read before is announced as not new, and asks once more', () => {
  const again = vi.fn<() => void>();
  act(() => root.render(<StaleNotice what="These checks are" error={error} again={again} />));
  expect(document.querySelector('[role=alert]')?.textContent).toMatch(
    /^These checks are as of the last time the files could be read\. The folder can’t be read\. Look at its permissions\./,
  );
  pressAgain();
  expect(again).toHaveBeenCalledOnce();
});
