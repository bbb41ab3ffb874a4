import { Copy } from 'lucide-react';
import type { MenuEntry } from '../../ui/menu/Menu.tsx';
import { copyCall, type CopyKind } from './copy-call.ts';

const ENTRIES: readonly { readonly kind: CopyKind; readonly label: string; readonly keys?: string }[] = [
  { kind: 'hash', label: 'Copy hash', keys: 'mod+c' },
  { kind: 'link', label: 'Copy link', keys: 'l' },
  { kind: 'json', label: 'Copy as JSON', keys: 'y' },
  { kind: 'input', label: 'Copy input' },
  { kind: 'output', label: 'Copy output' },
  { kind: 'curl', label: 'Copy as curl' },
  { kind: 'markdown', label: 'Copy as Markdown' },
  { kind: 'short-hash', label: 'Copy short hash' },
];

/** Every way to copy a call, for a menu. As curl only where that may be a request. */
export function copyEntries(source: string, hash: string, mayBeRequest: boolean): readonly MenuEntry[] {
  const entry = ({ kind, label, keys }: (typeof ENTRIES)[number]): MenuEntry => ({
    label,
    run: () => void copyCall(source, hash, kind),
    ...(kind === 'hash' ? { icon: Copy } : {}),
    ...(keys === undefined ? {} : { keys }),
  });
  return ENTRIES.filter(({ kind }) => kind !== 'curl' || mayBeRequest).map(entry);
}

/** The same for the palette. */
export const copyKinds = ENTRIES;
