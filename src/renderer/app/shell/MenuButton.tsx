import { Menu } from 'lucide-react';
import { useRef } from 'react';
import { GLOBAL, useShortcuts } from '../../ui/keyboard.ts';
import { IconButton } from '../../ui/button/Button.tsx';
import './window-frame.css';

const showMenu = window.vekscopeHost?.showMenu ?? null;

/** Shows the native menu where the system does not show it itself (Windows, Linux). Nothing elsewhere. */
export function MenuButton() {
  const place = useRef<HTMLSpanElement>(null);
  const show = () => {
    const box = place.current?.getBoundingClientRect();
    if (box !== undefined) showMenu?.(box.left, box.bottom);
  };
  useShortcuts(GLOBAL, showMenu === null ? [] : [{ keys: 'F10', label: 'Menu', fields: true, run: show }]);
  if (showMenu === null) return null;
  return (
    <span ref={place} className="menu-button">
      <IconButton icon={Menu} label="Menu" onClick={show} />
    </span>
  );
}

/** The top row of a desktop window that shows no folder: something to take hold of. A browser has its own. */
export function WindowBar() {
  if (window.vekscopeHost === undefined) return null;
  return (
    <div className="window-bar">
      <MenuButton />
    </div>
  );
}
