import { GitBranch, PanelRight, Shield, SquareFunction, X } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { activateTab, closeTab, moveTab, tabId, useTabs, type Tab } from '../../state/tabs.ts';
import { IconButton } from '../../ui/button/Button.tsx';
import { ContextMenu, type MenuEntry } from '../../ui/menu/Menu.tsx';
import { visibleText } from '../../ui/visible-text.ts';
import { shortHash } from '../../ui/format.ts';

export type TabStripProps = {
  readonly inspectorOpen: boolean;
  readonly onToggleInspector: () => void;
};

/** The open views. Arrow keys move along them, Alt with arrows moves the tab, Delete closes it. */
export function TabStrip({ inspectorOpen, onToggleInspector }: TabStripProps) {
  const { tabs, active } = useTabs();
  return (
    <div className="tab-strip">
      <div className="tab-list" role="tablist" aria-label="Open views">
        {tabs.map((tab, index) => (
          <StripTab key={tabId(tab)} tab={tab} index={index} active={tabId(tab) === active} />
        ))}
      </div>
      <IconButton
        icon={PanelRight}
        label={inspectorOpen ? 'Hide the inspector' : 'Show the inspector'}
        pressed={inspectorOpen}
        onClick={onToggleInspector}
      />
    </div>
  );
}

type StripTabProps = { readonly tab: Tab; readonly index: number; readonly active: boolean };

function StripTab({ tab, index, active }: StripTabProps) {
  const id = tabId(tab);
  const { icon: Icon, title: stored, full } = describe(tab);
  const title = visibleText(stored);
  return (
    <ContextMenu className={`tab ${active ? 'tab-active' : ''}`} entries={() => tabEntries(id)}>
      <button
        type="button"
        role="tab"
        id={`tab-${id}`}
        aria-selected={active}
        aria-controls="view"
        tabIndex={active ? 0 : -1}
        className="tab-button"
        title={full}
        onClick={() => activateTab(id)}
        onAuxClick={(event) => event.button === 1 && closeTab(id)}
        onKeyDown={(event) => onTabKey(event, id, index)}
      >
        <Icon className="icon" size={14} aria-hidden />
        <bdi className="truncate">{title}</bdi>
      </button>
      <IconButton
        icon={X}
        size="small"
        label={`Close ${title}`}
        tabIndex={-1}
        aria-hidden
        onClick={() => closeTab(id)}
      />
    </ContextMenu>
  );
}

function describe(tab: Tab): { icon: LucideIcon; title: string; full: string } {
  switch (tab.kind) {
    case 'graph':
      return { icon: GitBranch, title: 'Graph', full: 'Graph' };
    case 'node':
      return {
        icon: SquareFunction,
        title: `${tab.title} ${shortHash(tab.hash)}`,
        full: `${tab.title} ${tab.hash}`,
      };
    case 'integrity':
      return { icon: Shield, title: 'Integrity', full: 'Integrity' };
    default:
      return tab satisfies never;
  }
}

function tabEntries(id: string): readonly MenuEntry[] {
  const { tabs } = useTabs.getState();
  const others = tabs.filter((tab) => tabId(tab) !== id);
  return [
    { label: 'Close', keys: 'alt+w', run: () => closeTab(id) },
    {
      label: 'Close others',
      blocked: others.length === 0 ? 'no other tab is open' : null,
      run: () => others.forEach((tab) => closeTab(tabId(tab))),
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
  } else if (step !== 0 && event.altKey) {
    moveTab(id, step);
  } else if (step !== 0) {
    const next = tabs[(index + step + tabs.length) % tabs.length];
    if (next === undefined) return;
    activateTab(tabId(next));
    document.getElementById(`tab-${tabId(next)}`)?.focus();
  } else {
    return;
  }
  event.preventDefault();
  event.stopPropagation();
}
