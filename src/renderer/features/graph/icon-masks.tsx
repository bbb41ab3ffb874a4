import {
  ChevronRight,
  Cpu,
  FilePen,
  FileText,
  Flag,
  FlaskConical,
  GitMerge,
  Globe,
  ListTodo,
  MessageSquare,
  Pencil,
  Search,
  SquareTerminal,
  Tag,
  Wrench,
  type LucideIcon,
} from 'lucide-react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import type { ToolKind } from '../../../contract/vek.ts';

/** The icon of a call, by what its tool does. */
export const TOOL_ICONS: Readonly<Record<ToolKind, LucideIcon>> = {
  search: Search,
  fetch: Globe,
  shell: SquareTerminal,
  read: FileText,
  write: FilePen,
  edit: Pencil,
  model: Cpu,
  test: FlaskConical,
  plan: ListTodo,
  message: MessageSquare,
  merge: GitMerge,
  other: Wrench,
};

/** What rows draw beside the icons of tools. */
const ROW_ICONS: Readonly<Record<string, LucideIcon>> = {
  tag: Tag,
  checkpoint: Flag,
  unfold: ChevronRight,
};

let made = false;

/**
 * Puts the icons into CSS variables (`--mask-search`, …) of the document, once. A row then draws its icon as the
 * mask of a pseudo element and needs no elements of its own for it.
 */
export function makeIconMasks(): void {
  if (made) return;
  made = true;
  const box = document.createElement('div');
  const root = createRoot(box);
  flushSync(() =>
    root.render(
      Object.entries({ ...TOOL_ICONS, ...ROW_ICONS }).map(([kind, Icon]) => (
        <Icon key={kind} data-kind={kind} color="black" strokeWidth={1.7} />
      )),
    ),
  );
  for (const svg of box.children) {
    const image = `url("data:image/svg+xml,${encodeURIComponent(new XMLSerializer().serializeToString(svg))}")`;
    document.documentElement.style.setProperty(`--mask-${svg.getAttribute('data-kind')}`, image);
  }
  root.unmount();
}
