import { ContextMenu as Context } from '@base-ui/react/context-menu';
import { Menu as Base } from '@base-ui/react/menu';
import type { LucideIcon } from 'lucide-react';
import { useState, type ReactElement, type ReactNode } from 'react';
import { Kbd } from '../kbd/Kbd.tsx';
import './menu.css';

export type MenuAction = {
  readonly label: string;
  readonly run: () => void;
  readonly icon?: LucideIcon;
  /** the shortcut that does the same, such as `f` */
  readonly keys?: string;
  readonly danger?: boolean;
  /** why it can't be done now; the entry is then disabled and says so */
  readonly blocked?: string | null;
  /** a figure beside the label */
  readonly figure?: string;
  /** shown with a mark, for choices */
  readonly checked?: boolean;
};

/** An action, or a line between groups. */
export type MenuEntry = MenuAction | 'separator';

export type MenuProps = {
  readonly entries: () => readonly MenuEntry[];
  /** the button that opens the menu */
  readonly trigger: ReactElement;
  readonly align?: 'start' | 'center' | 'end';
};

/** A menu that opens from a button. Entries are asked for when it opens. */
export function Menu({ entries, trigger, align = 'start' }: MenuProps) {
  const [open, setOpen] = useState(false);
  return (
    <Base.Root open={open} onOpenChange={setOpen}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner className="menu-positioner" sideOffset={4} align={align}>
          <Base.Popup className="menu" data-surface="raised">
            {open && <Entries entries={entries()} />}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

export type ContextMenuProps = {
  readonly entries: () => readonly MenuEntry[];
  readonly children: ReactNode;
  readonly className?: string;
};

/**
 * An area whose context menu (right click, long press, menu key) is ours. Entries are asked for when it opens, after
 * the `contextmenu` event has passed the child under the pointer, so that a row can note itself first; without entries no menu opens.
 */
export function ContextMenu({ entries, children, className }: ContextMenuProps) {
  const [list, setList] = useState<readonly MenuEntry[]>([]);
  const [open, setOpen] = useState(false);
  const onOpenChange = (next: boolean) => {
    const asked = next ? entries() : [];
    if (asked.length > 0) setList(asked);
    setOpen(asked.length > 0);
  };
  return (
    <Context.Root open={open} onOpenChange={onOpenChange}>
      <Context.Trigger className={className}>{children}</Context.Trigger>
      <Context.Portal>
        <Context.Positioner className="menu-positioner">
          <Context.Popup className="menu" data-surface="raised">
            <Entries entries={list} />
          </Context.Popup>
        </Context.Positioner>
      </Context.Portal>
    </Context.Root>
  );
}

/** Opens the context menu of an element as the keyboard would, below its start. */
export function openContextMenu(element: Element): void {
  const box = element.getBoundingClientRect();
  element.dispatchEvent(
    new MouseEvent('contextmenu', {
      bubbles: true,
      cancelable: true,
      clientX: box.left + Math.min(24, box.width / 2),
      clientY: box.bottom - Math.min(4, box.height / 2),
      button: 2,
    }),
  );
}

function Entries({ entries }: { readonly entries: readonly MenuEntry[] }) {
  const keyed = entries.map((entry, index) => ({
    entry,
    key: entry === 'separator' ? `line-${index}` : entry.label,
  }));
  return keyed.map(({ entry, key }) =>
    entry === 'separator' ? (
      <Base.Separator key={key} className="menu-line" />
    ) : (
      <Base.Item
        key={key}
        className={`menu-item ${entry.danger === true ? 'menu-item-danger' : ''}`}
        disabled={typeof entry.blocked === 'string'}
        onClick={entry.run}
        {...(entry.checked === undefined ? {} : { 'aria-current': entry.checked })}
      >
        <MenuIcon icon={entry.icon} />
        <span className="menu-label">
          <span>{entry.label}</span>
          {typeof entry.blocked === 'string' && <span className="menu-blocked">{entry.blocked}</span>}
        </span>
        {entry.figure !== undefined && <span className="menu-figure">{entry.figure}</span>}
        {entry.keys !== undefined && <Kbd keys={entry.keys} />}
        {entry.checked === true && <span className="menu-check">now</span>}
      </Base.Item>
    ),
  );
}

function MenuIcon({ icon: Icon }: { readonly icon: LucideIcon | undefined }) {
  if (Icon === undefined) return <span className="menu-icon" />;
  return <Icon className="icon menu-icon" size={14} aria-hidden />;
}
