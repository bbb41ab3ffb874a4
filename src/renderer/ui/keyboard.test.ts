// @vitest-environment happy-dom
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  GLOBAL,
  keyNames,
  listShortcuts,
  matchesKeys,
  registerShortcuts,
  type Shortcut,
} from './keyboard.ts';

const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
  document.body.innerHTML = '';
});

const on = (scope: string, shortcut: Partial<Shortcut> & Pick<Shortcut, 'keys'>) => {
  const run = vi.fn<() => void>();
  const label = `${scope} ${String(shortcut.keys)}`;
  const list = [{ label, run, ...shortcut }];
  ends.push(registerShortcuts(scope === 'global' ? GLOBAL : { name: scope, label: scope }, () => list));
  return run;
};

const press = (target: Element, key: string, init: KeyboardEventInit = {}) => {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init });
  target.dispatchEvent(event);
  return event;
};

const put = (html: string): Element => {
  document.body.innerHTML = html;
  return document.body.querySelector('[data-at]') ?? document.body;
};

const hit = (keys: string, key: string, init: KeyboardEventInit) =>
  matchesKeys(new KeyboardEvent('keydown', { key, ...init }), keys);

describe('digits', () => {
  it('are known by their place, with Shift too, whatever sign the keyboard gives', () => {
    expect(hit('1', '1', { code: 'Digit1' })).toBe(true);
    expect(hit('1', '&', { code: 'Digit1' })).toBe(true);
    expect(hit('shift+1', '!', { code: 'Digit1', shiftKey: true })).toBe(true);
    expect(hit('shift+1', '1', { code: 'Digit1', shiftKey: true })).toBe(true);
    expect(hit('1', '!', { code: 'Digit1', shiftKey: true })).toBe(false);
    expect(hit('shift+1', '1', { code: 'Digit1' })).toBe(false);
    expect(hit('1', '1', { code: 'Numpad1' })).toBe(true);
    expect(hit('1', '1', { code: 'Digit1', ctrlKey: true })).toBe(false);
    expect(hit('2', '1', { code: 'Digit1' })).toBe(false);
  });
});

describe('which shortcut runs', () => {
  it('the inner scope wins over the global one', () => {
    const inner = on('graph', { keys: 'f' });
    const outer = on('global', { keys: 'f' });
    const at = put('<div data-key-scope="graph"><button data-at></button></div>');
    expect(press(at, 'f').defaultPrevented).toBe(true);
    expect(inner).toHaveBeenCalledTimes(1);
    expect(outer).not.toHaveBeenCalled();
    press(put('<button data-at></button>'), 'f');
    expect(outer).toHaveBeenCalledTimes(1);
  });

  it('text fields keep their letters, unless the shortcut says so', () => {
    const letter = on('global', { keys: 'j' });
    const palette = on('global', { keys: 'mod+k', fields: true });
    const field = put('<input data-at>');
    expect(press(field, 'j').defaultPrevented).toBe(false);
    expect(letter).not.toHaveBeenCalled();
    press(field, 'k', { ctrlKey: true });
    expect(palette).toHaveBeenCalledTimes(1);
  });

  it('nothing global runs behind a dialog', () => {
    const global = on('global', { keys: 'd' });
    press(put('<div role="dialog"><button data-at></button></div>'), 'd');
    expect(global).not.toHaveBeenCalled();
  });

  it('a scope around a dialog does not reach into it, one inside does', () => {
    const around = on('graph', { keys: 'd' });
    const inside = on('sheet', { keys: 'd' });
    press(
      put(
        '<div data-key-scope="graph"><div role="dialog"><p data-key-scope="sheet"><b data-at></b></p></div></div>',
      ),
      'd',
    );
    expect(around).not.toHaveBeenCalled();
    expect(inside).toHaveBeenCalledTimes(1);
  });

  it('with the focus on nothing the default scope holds', () => {
    const graph = on('graph', { keys: 'j' });
    put('<div data-key-scope="graph" data-key-default></div>');
    press(document.body, 'j');
    expect(graph).toHaveBeenCalledTimes(1);
  });

  it('with the focus on what stands around the default scope it holds too, beside it it does not', () => {
    const panel = on('panel', { keys: 'j' });
    const at = put(
      '<b></b><div data-at><p data-key-scope="panel" data-key-default></p></div><div data-key-scope="x"></div>',
    );
    press(at, 'j');
    expect(panel).toHaveBeenCalledTimes(1);
    for (const beside of document.querySelectorAll('b, [data-key-scope=x]')) press(beside, 'j');
    expect(panel).toHaveBeenCalledTimes(1);
  });

  it('a shortcut whose time it is not lets the key pass', () => {
    const off = on('global', { keys: 'x', when: () => false });
    const next = on('global', { keys: 'x' });
    press(document.body, 'x');
    expect(off).not.toHaveBeenCalled();
    expect(next).toHaveBeenCalledTimes(1);
  });

  it('Enter and Space press the button that has the focus, in any scope; other keys run', () => {
    const enter = on('rows', { keys: 'Enter' });
    const fold = on('rows', { keys: ' ' });
    const next = on('rows', { keys: 'ArrowDown' });
    const at = put('<div data-key-scope="rows"><button data-at></button></div>');
    expect(press(at, 'Enter').defaultPrevented).toBe(false);
    expect(press(at, ' ').defaultPrevented).toBe(false);
    press(at, 'ArrowDown');
    expect(enter).not.toHaveBeenCalled();
    expect(fold).not.toHaveBeenCalled();
    expect(next).toHaveBeenCalledTimes(1);
    press(put('<div data-key-scope="rows" data-at></div>'), 'Enter');
    expect(enter).toHaveBeenCalledTimes(1);
  });

  it('what another listener handled is left alone', () => {
    const run = on('global', { keys: 'y' });
    const at = put('<button data-at></button>');
    at.addEventListener('keydown', (event) => event.preventDefault());
    press(at, 'y');
    expect(run).not.toHaveBeenCalled();
  });
});

const event = (key: string, init: KeyboardEventInit = {}) => new KeyboardEvent('keydown', { key, ...init });

describe('keys', () => {
  it('signs ignore Shift, letters do not', () => {
    expect(matchesKeys(event('?', { shiftKey: true }), '?')).toBe(true);
    expect(matchesKeys(event('J', { shiftKey: true }), 'j')).toBe(false);
    expect(matchesKeys(event('T', { shiftKey: true }), 'shift+t')).toBe(true);
  });

  it('modifiers must be exactly those', () => {
    expect(matchesKeys(event('k'), 'mod+k')).toBe(false);
    expect(matchesKeys(event('k', { ctrlKey: true }), 'k')).toBe(false);
    expect(matchesKeys(event('ArrowLeft', { altKey: true }), 'alt+ArrowLeft')).toBe(true);
    expect(matchesKeys(event('+'), '+')).toBe(true);
  });

  it('names them as on the keyboard', () => {
    expect(keyNames('mod+shift+p')).toEqual(['Ctrl', 'Shift', 'P']);
    expect(keyNames('ArrowUp')).toEqual(['↑']);
    expect(keyNames('?')).toEqual(['?']);
  });

  it('lists what is registered, without the hidden ones', () => {
    on('graph', { keys: ['j', 'ArrowDown'], label: 'Next call' });
    on('graph', { keys: 'z', label: 'Secret', hidden: true });
    const group = listShortcuts().find((entry) => entry.label === 'graph');
    expect(group?.shortcuts).toEqual([{ label: 'Next call', keys: ['j', 'ArrowDown'] }]);
  });
});
