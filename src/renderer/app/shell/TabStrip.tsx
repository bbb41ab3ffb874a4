import { ChevronDown, PanelRight, X } from 'lucide-react';
import { useEffect, useRef, useState, type DragEvent, type KeyboardEvent, type RefObject } from 'react';
import { UnsavedTab } from '../../features/change-sets/UnsavedTab.tsx';
import { OpenCount } from '../../features/merge/OpenCount.tsx';
import { activateTab, closeTab, moveTab, placeTab, tabId, useTabs, type Tab } from '../../state/tabs.ts';
import { IconButton } from '../../ui/button/Button.tsx';
import { ContextMenu, Menu, openContextMenu, type MenuEntry } from '../../ui/menu/Menu.tsx';
import { MiddleText } from '../../ui/middle/MiddleText.tsx';
import { hintText, visibleText } from '../../ui/visible-text.ts';
import { tabWords } from './tab-words.ts';

export type TabStripProps = {
  readonly inspectorOpen: boolean;
  readonly onToggleInspector: () => void;
};

/** What a dragged tab carries; other programs and other windows do not know it. */
const DRAGGED = 'application/x-vekscope-tab';

/**
 * The open views. Arrow keys move along them, Alt with arrows moves the tab, as dragging does; Delete and the middle
 * button close it. Tabs beyond the width are scrolled to, and listed in a menu.
 */
export function TabStrip({ inspectorOpen, onToggleInspector }: TabStripProps) {
  const { tabs, active } = useTabs();
  const list = useRef<HTMLDivElement>(null);
  const overflows = useOverflow(list);
  const shown = useRef('');
  useEffect(() => {
    const now = `${active} ${tabs.length} ${overflows}`;
    if (shown.current === now) return;
    shown.current = now;
    list.current?.querySelector('.tab-active')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  });
  return (
    <div className="tab-strip">
      <div
        ref={list}
        className="tab-list"
        role="tablist"
        aria-label="Open views"
        onWheel={(event) => {
          if (event.deltaX === 0) event.currentTarget.scrollLeft += event.deltaY;
        }}
      >
        {tabs.map((tab, index) => (
          <StripTab key={tabId(tab)} tab={tab} index={index} active={tabId(tab) === active} />
        ))}
      </div>
      {overflows && (
        <Menu
          align="end"
          entries={() => tabs.map((tab) => listEntry(tab, active))}
          trigger={<IconButton icon={ChevronDown} label={`All ${tabs.length} tabs`} />}
        />
      )}
      <IconButton
        icon={PanelRight}
        label={inspectorOpen ? 'Hide the inspector' : 'Show the inspector'}
        pressed={inspectorOpen}
        onClick={onToggleInspector}
      />
    </div>
  );
}

/** Whether the tabs are wider than their place. */
function useOverflow(list: RefObject<HTMLElement | null>): boolean {
  const [over, setOver] = useState(false);
  useEffect(() => {
    const element = list.current;
    if (element === null) return undefined;
    const look = () => setOver(element.scrollWidth > element.clientWidth + 1);
    const observer = new ResizeObserver(look);
    observer.observe(element);
    const tabs = new MutationObserver(look);
    tabs.observe(element, { childList: true });
    return () => {
      observer.disconnect();
      tabs.disconnect();
    };
  }, [list]);
  return over;
}

type StripTabProps = { readonly tab: Tab; readonly index: number; readonly active: boolean };

function StripTab({ tab, index, active }: StripTabProps) {
  const id = tabId(tab);
  const { icon: Icon, title: stored, full } = tabWords(tab);
  const title = visibleText(stored);
  const [drop, setDrop] = useState<'before' | 'behind' | null>(null);
  const onDragOver = (event: DragEvent<HTMLElement>) => {
    if (!event.dataTransfer.types.includes(DRAGGED)) return;
    event.preventDefault();
    setDrop(sideOf(event));
  };
  const onDrop = (event: DragEvent<HTMLElement>) => {
    const moved = event.dataTransfer.getData(DRAGGED);
    setDrop(null);
    if (moved === '') return;
    event.preventDefault();
    placeTab(moved, id, sideOf(event));
  };
  return (
    <ContextMenu className={`tab ${active ? 'tab-active' : ''}`} entries={() => tabEntries(id)}>
      <button
        type="button"
        role="tab"
        id={`tab-${id}`}
        aria-selected={active}
        aria-controls="view"
        tabIndex={active ? 0 : -1}
        className={`tab-button ${drop === null ? '' : `tab-drop-${drop}`}`}
        title={hintText(full)}
        draggable
        onDragStart={(event) => {
          event.dataTransfer.setData(DRAGGED, id);
          event.dataTransfer.effectAllowed = 'move';
        }}
        onDragOver={onDragOver}
        onDragLeave={() => setDrop(null)}
        onDrop={onDrop}
        onClick={() => activateTab(id)}
        onAuxClick={(event) => event.button === 1 && closeTab(id)}
        onKeyDown={(event) => onTabKey(event, id, index)}
      >
        <Icon className="icon" size={14} aria-hidden />
        <MiddleText text={title} />
        {tab.kind === 'agent' && <UnsavedTab source={tab.source} agent={tab.agent} />}
        {tab.kind === 'merge' && <OpenCount source={tab.source} into={tab.into} from={tab.from} />}
      </button>
      <IconButton
        icon={X}
        size="small"
        label={`Close ${hintText(title)}`}
        tabIndex={-1}
        aria-hidden
        onClick={() => closeTab(id)}
      />
    </ContextMenu>
  );
}

function sideOf(event: DragEvent<HTMLElement>): 'before' | 'behind' {
  const box = event.currentTarget.getBoundingClientRect();
  return event.clientX < box.left + box.width / 2 ? 'before' : 'behind';
}

function listEntry(tab: Tab, active: string | null): MenuEntry {
  const id = tabId(tab);
  const { icon, title } = tabWords(tab);
  return {
    label: visibleText(title).slice(0, 120),
    icon,
    checked: id === active,
    run: () => activateTab(id),
  };
}

function tabEntries(id: string): readonly MenuEntry[] {
  const { tabs } = useTabs.getState();
  const others = tabs.filter((tab) => tabId(tab) !== id);
  const right = tabs.slice(tabs.findIndex((tab) => tabId(tab) === id) + 1);
  return [
    { label: 'Close', keys: 'alt+w', run: () => closeTab(id) },
    {
      label: 'Close others',
      blocked: others.length === 0 ? 'no other tab is open' : null,
      run: () => others.forEach((tab) => closeTab(tabId(tab))),
    },
    {
      label: 'Close those to the right',
      blocked: right.length === 0 ? 'there are none' : null,
      run: () => right.forEach((tab) => closeTab(tabId(tab))),
    },
    'separator',
    { label: 'Move left', keys: 'alt+ArrowLeft', run: () => moveTab(id, -1) },
    { label: 'Move right', keys: 'alt+ArrowRight', run: () => moveTab(id, 1) },
  ];
}

function onTabKey(event: KeyboardEvent<HTMLButtonElement>, id: string, index: number): void {
  const { tabs } = useTabs.getState();
  const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
  if (event.key === 'Delete') {
    closeTab(id);
    focusFront();
  } else if (event.key === '.') {
    openContextMenu(event.currentTarget);
  } else if (step !== 0 && event.altKey) {
    moveTab(id, step);
  } else if (step !== 0) {
    goTo(tabs[(index + step + tabs.length) % tabs.length]);
  } else if (event.key === 'Home' || event.key === 'End') {
    goTo(event.key === 'Home' ? tabs[0] : tabs.at(-1));
  } else {
    return;
  }
  event.preventDefault();
  event.stopPropagation();
}

function goTo(tab: Tab | undefined): void {
  if (tab === undefined) return;
  activateTab(tabId(tab));
  document.getElementById(`tab-${tabId(tab)}`)?.focus();
}

/** After a tab was closed from the strip, the next one has the focus. */
function focusFront(): void {
  window.setTimeout(() => {
    const { active } = useTabs.getState();
    if (active !== null) document.getElementById(`tab-${active}`)?.focus();
  }, 0);
}
