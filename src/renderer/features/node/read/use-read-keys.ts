import { GLOBAL, useShortcuts } from '../../../ui/keyboard.ts';
import { CALL_SCOPE } from '../use-node-keys.ts';
import { toggleReadMode } from './mode.ts';

/** J in a call, and Shift+J anywhere: every content in its other form. Registered once, by the input. */
export function useReadKeys(place: string): void {
  const [where, which] = place.split('-');
  const first = which === 'input';
  const toggle = { label: 'Readable form or JSON', run: toggleReadMode };
  useShortcuts({ name: `node-${where}`, label: CALL_SCOPE }, first ? [{ ...toggle, keys: 'j' }] : []);
  useShortcuts(GLOBAL, first ? [{ ...toggle, keys: 'shift+j' }] : []);
}
