import {
  ArrowLeft,
  ArrowRight,
  ChevronDown,
  Copy,
  FolderOpen,
  FolderSearch,
  LogOut,
  Moon,
  PanelLeft,
  Search,
  Settings as SettingsIcon,
  Sun,
} from 'lucide-react';
import type { Workspace } from '../../../contract/workspace.ts';
import { goBack, goForward, useHistory } from '../../state/history.ts';
import { setDrawer, showOverlay, useOverlays } from '../../state/overlays.ts';
import { setTheme, shownTheme, useSettings } from '../../state/settings.ts';
import { IconButton } from '../../ui/button/Button.tsx';
import { Kbd } from '../../ui/kbd/Kbd.tsx';
import { Menu, type MenuEntry } from '../../ui/menu/Menu.tsx';
import { visibleText } from '../../ui/visible-text.ts';
import { capabilities, copyText } from '../capabilities.ts';
import { leaveWorkspace } from '../engine-events.ts';
import { chooseFolder } from '../folders.ts';
import { Logo } from './Logo.tsx';
import { MenuButton } from './MenuButton.tsx';

export type TitleBarProps = {
  readonly workspace: Workspace;
  /** the window is so narrow that the sources are a drawer */
  readonly narrow: boolean;
};

/** The top row: whose folder this is, where one came from, search and commands, theme. */
export function TitleBar({ workspace, narrow }: TitleBarProps) {
  const drawer = useOverlays((state) => state.drawer);
  const history = useHistory();
  return (
    <header className="title-bar">
      <h1 className="visually-hidden">Vekscope, {workspace.name}</h1>
      <div className="title-start">
        <MenuButton />
        {narrow && (
          <IconButton
            icon={PanelLeft}
            label="Sources"
            pressed={drawer === 'sources'}
            onClick={() => setDrawer(drawer === 'sources' ? null : 'sources')}
          />
        )}
        <Menu
          entries={() => folderEntries(workspace)}
          trigger={
            <button type="button" className="title-workspace" title={workspace.path}>
              <Logo size={16} />
              <bdi className="truncate">{visibleText(workspace.name)}</bdi>
              <ChevronDown className="icon" size={14} aria-hidden />
            </button>
          }
        />
      </div>
      <div className="title-history">
        <IconButton icon={ArrowLeft} label="Back" disabled={history.past.length === 0} onClick={goBack} />
        <IconButton
          icon={ArrowRight}
          label="Forward"
          disabled={history.future.length === 0}
          onClick={goForward}
        />
      </div>
      <button type="button" className="title-search" onClick={() => showOverlay('palette')}>
        <Search className="icon" size={14} aria-hidden />
        <span className="truncate">{searchWords(workspace)}</span>
        <Kbd keys="mod+k" />
      </button>
      <div className="title-end">
        <ThemeToggle />
        <IconButton icon={SettingsIcon} label="Settings" onClick={() => showOverlay('settings')} />
      </div>
    </header>
  );
}

function searchWords({ sources }: Workspace): string {
  const agents = sources.some(({ kind }) => kind === 'agents');
  const vek = sources.some(({ kind }) => kind === 'vek');
  if (!agents && !vek) return 'Search accounts, or run a command';
  if (!agents) return 'Search calls, branches and tags, or run a command';
  return `Search ${vek ? 'calls, ' : ''}agents, runs and files, or run a command`;
}

/** Switches between light and dark; the settings have the system's choice too. */
export function ThemeToggle() {
  const theme = useSettings((state) => state.theme);
  const shown = shownTheme(theme);
  const next = shown === 'dark' ? 'light' : 'dark';
  return (
    <IconButton
      icon={shown === 'dark' ? Sun : Moon}
      label={next === 'dark' ? 'Use the dark theme' : 'Use the light theme'}
      onClick={() => setTheme(next)}
    />
  );
}

function folderEntries(workspace: Workspace): readonly MenuEntry[] {
  const { reveal } = capabilities;
  return [
    { label: 'Open another folder…', icon: FolderOpen, keys: 'mod+o', run: () => void chooseFolder() },
    'separator',
    { label: 'Copy path', icon: Copy, run: () => void copyText(workspace.path) },
    ...(reveal === null
      ? []
      : [
          {
            label: 'Reveal in file manager',
            icon: FolderSearch,
            run: () => void reveal(workspace.path),
          } as const,
        ]),
    'separator',
    { label: 'Close folder', icon: LogOut, run: leaveWorkspace },
  ];
}
