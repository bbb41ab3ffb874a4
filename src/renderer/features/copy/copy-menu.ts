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

/** What the menu of a row offers of them; the panel of the call has the rest. */
const IN_ROWS: ReadonlySet<CopyKind> = new Set(['hash', 'link', 'json', 'curl']);

/** The ways to copy a call, for a menu: all of them, or those of a row. As curl only where that may be a request. */
export function copyEntries(
  source: string,
  hash: string,
  mayBeRequest: boolean,
  where: 'panel' | 'row' = 'panel',
): readonly MenuEntry[] {
  const entry = ({ kind, label, keys }: (typeof ENTRIES)[number]): MenuEntry => ({
    label,
    run: () => void copyCall(source, hash, kind),
    ...(kind === 'hash' ? { icon: Copy } : {}),
    ...(keys === undefined ? {} : { keys }),
  });
  return ENTRIES.filter(({ kind }) => kind !== 'curl' || mayBeRequest)
    .filter(({ kind }) => where === 'panel' || IN_ROWS.has(kind))
    .map(entry);
}

/** The same for the palette. */
export const copyKinds = ENTRIES;
