// @vitest-environment happy-dom
import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { useToasts } from '../../state/toasts.ts';
import { ExternalLink } from './ExternalLink.tsx';

let root: Root;
let opened: string[];

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  useToasts.setState({ toasts: [] });
  opened = [];
  vi.stubGlobal('open', (address: string, target: string, features: string) =>
    opened.push(`${address} ${target} ${features}`),
  );
  const place = document.createElement('div');
  document.body.append(place);
  root = createRoot(place);
});
afterEach(() => {
  act(() => root.unmount());
  document.body.replaceChildren();
  vi.unstubAllGlobals();
});

const show = (address: string) => act(() => root.render(<ExternalLink address={address}>here</ExternalLink>));
const button = (name: string) =>
  [...document.querySelectorAll('button')].find((one) => one.textContent === name);
const press = (name: string) => act(async () => button(name)?.click());

it('in a browser asks with the whole address, and opens it only then, without a way back', async () => {
  show('https://a.example/x?y=1#z');
  await press('here');
  expect(opened).toEqual([]);
  expect(document.body.textContent).toContain('https://a.example/x?y=1#z');
  await press('Open in browser');
  expect(opened).toEqual(['https://a.example/x?y=1#z _blank noopener,noreferrer']);
});

it('on the desktop leaves the question to the system, and opens nothing itself', async () => {
  const asked: string[] = [];
  vi.stubGlobal('vekscopeHost', { openExternal: async (address: string) => void asked.push(address) });
  show('https://a.example/x');
  await press('here');
  expect(asked).toEqual(['https://a.example/x']);
  expect(button('Open in browser')).toBeUndefined();
  expect(opened).toEqual([]);
  expect(useToasts.getState().toasts).toEqual([]);
});

it('a refusal of the desktop is said', async () => {
  vi.stubGlobal('vekscopeHost', { openExternal: () => Promise.reject(new Error('refused')) });
  show('https://a.example/x');
  await press('here');
  expect(useToasts.getState().toasts).toMatchObject([
    { kind: 'error', title: 'The address was not opened.', detail: 'Error: refused' },
  ]);
});

it('what may not be opened is no button', () => {
  for (const address of [
    'http://a.example/',
    'javascript:alert(1)',
    'https://u:p@a.example/',
    '/etc/passwd',
  ]) {
    show(address);
    expect(document.querySelector('button'), address).toBeNull();
    expect(document.body.textContent).toBe('here');
  }
});
