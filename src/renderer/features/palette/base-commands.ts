import {
  ArrowRightLeft,
  ClipboardCopy,
  Clock,
  Download,
  Eye,
  FileText,
  FolderOpen,
  GitBranchPlus,
  GitFork,
  GitMerge,
  History,
  Keyboard,
  LogOut,
  Monitor,
  Moon,
  PanelBottom,
  PanelLeft,
  PanelRight,
  Pencil,
  Play,
  RotateCcw,
  Rows3,
  ScrollText,
  Settings,
  Shield,
  ShieldCheck,
  Sun,
  Tag,
  Trash2,
  TriangleAlert,
  Waypoints,
} from 'lucide-react';
import { checkEverything } from '../../app/check.ts';
import type { Command } from '../../app/commands.ts';
import { leaveWorkspace, openSample } from '../../app/engine-events.ts';
import { chooseFile, chooseFolder } from '../../app/folders.ts';
import { copyLog, showLog } from '../../app/log-file.ts';
import { toggleInspector, toggleSources } from '../../app/shell/panes.ts';
import { openAction } from '../../state/action-form.ts';
import { openBottom, toggleBottom } from '../../state/bottom.ts';
import { useConnection } from '../../state/connection.ts';
import { showOverlay } from '../../state/overlays.ts';
import { getSelection } from '../../state/selection.ts';
import { resetSettings, setSettings, setTheme, setTime, useSettings } from '../../state/settings.ts';
import { openGraph, openIntegrity } from '../../state/tabs.ts';
import { nearestVek, useWorkspaceStore } from '../../state/workspace.ts';
import { agentCommands } from './agent-commands.ts';
import { ledgerCommands } from './ledger-commands.ts';
import { formatCount, formatCounted, shortHash } from '../../ui/format.ts';
import { visibleText } from '../../ui/visible-text.ts';
import { askToMerge } from '../merge/preview/ask.ts';
import { mergeCommands } from '../merge/preview/merge-commands.ts';
import { runsCommands } from '../compare/runs/runs-commands.ts';
import { exportEvidence } from '../integrity/export.ts';
import { goToCall } from '../sources/row-actions.ts';
import { openCallTab } from './open-call-tab.ts';
import { undoCommands } from './undo-commands.ts';

/** The commands that hold in the whole window: writes, views, panes, theme, branches and tags. */
export function baseCommands(query: string): readonly Command[] {
  const { activeSource } = useWorkspaceStore.getState();
  const vek = nearestVek();
  return [
    ...(vek === null ? [] : writeCommands(vek)),
    ...undoCommands(activeSource, vek),
    ...(vek === null ? [] : refWrites(vek, query)),
    ...(vek === null ? [] : mergeCommands(vek, query)),
    ...(vek === null ? [] : runsCommands(vek, query)),
    ...(vek === null ? [] : viewCommands(vek)),
    ...agentCommands(query),
    ...ledgerCommands(),
    ...(activeSource === null ? [] : paneCommands(activeSource)),
    ...windowCommands(),
    ...(vek === null ? [] : refCommands(vek)),
  ];
}

function writeCommands(source: string): readonly Command[] {
  const overview = useWorkspaceStore.getState().overviews[source]?.value ?? null;
  const selection = getSelection();
  const at = selection?.source === source ? selection.hash : null;
  const readOnly = overview?.readOnlyReason ?? null;
  const onCall = readOnly ?? (at === null ? 'select a call first' : null);
  const detail = at === null ? {} : { detail: shortHash(at) };
  const group = 'Actions';
  return [
    {
      id: 'fork',
      group,
      label: 'Fork from the selected call…',
      icon: GitFork,
      keys: 'f',
      blocked: onCall,
      ...detail,
      run: () => at !== null && openAction(source, { kind: 'fork', at }),
    },
    {
      id: 'tag',
      group,
      label: 'Tag the selected call…',
      icon: Tag,
      keys: 't',
      blocked: onCall,
      ...detail,
      run: () => at !== null && openAction(source, { kind: 'tag', at }),
    },
    {
      id: 'branch',
      group,
      label: 'New branch at HEAD…',
      icon: GitBranchPlus,
      blocked: readOnly ?? (overview?.tip === null ? 'HEAD has no call yet' : null),
      run: () => openAction(source, { kind: 'create-branch', at: null }),
    },
    {
      id: 'merge',
      group,
      label: 'Merge a branch…',
      icon: GitMerge,
      blocked: (overview?.branches.length ?? 0) < 2 ? 'there is only one branch' : null,
      run: () => askToMerge(source, null),
    },
  ];
}

/**
 * What can be written about each branch and tag, once the query begins with the verb: among everything else it
 * would stand before the branches themselves.
 */
function refWrites(source: string, query: string): readonly Command[] {
  const verb = query.trim().split(/\s+/)[0]?.toLowerCase() ?? '';
  const overview = useWorkspaceStore.getState().overviews[source]?.value ?? null;
  if (verb.length < 2 || overview === null) return [];
  const blocked = overview.readOnlyReason;
  const group = 'Actions';
  const all: readonly Command[] = [
    ...overview.branches.flatMap(({ name, current, hash }): readonly Command[] => [
      {
        id: `switch-${name}`,
        group,
        label: `Switch HEAD to ${visibleText(name)}…`,
        icon: ArrowRightLeft,
        detail: shortHash(hash),
        blocked: current ? 'HEAD is here already' : blocked,
        run: () => openAction(source, { kind: 'switch', name }),
      },
      {
        id: `rename-${name}`,
        group,
        label: `Rename branch ${visibleText(name)}…`,
        icon: Pencil,
        blocked,
        run: () => openAction(source, { kind: 'rename-branch', from: name }),
      },
      {
        id: `delete-${name}`,
        group,
        label: `Delete branch ${visibleText(name)}…`,
        icon: Trash2,
        blocked: current ? 'HEAD is on it; switch HEAD first' : blocked,
        run: () => openAction(source, { kind: 'delete-branch', name }),
      },
    ]),
    ...overview.tags.map(({ label }): Command => ({
      id: `untag-${label}`,
      group,
      label: `Remove tag ${visibleText(label)}…`,
      icon: Trash2,
      blocked,
      run: () => openAction(source, { kind: 'untag', name: label }),
    })),
  ];
  return all.filter((command) => command.label.toLowerCase().startsWith(verb));
}

function viewCommands(source: string): readonly Command[] {
  const group = 'Actions';
  return [
    { id: 'graph', group, label: 'Show the graph', icon: Waypoints, run: () => openGraph(source) },
    {
      id: 'check',
      group,
      label: 'Check everything',
      detail: 'recomputes the hash of every call and object',
      icon: ShieldCheck,
      run: () => {
        openIntegrity(source);
        void checkEverything(source);
      },
    },
    {
      id: 'evidence',
      group,
      label: 'Export evidence of the check as JSON',
      detail: 'hashes and findings, no contents',
      icon: Download,
      run: () => void exportEvidence(source, 'json'),
    },
    {
      id: 'evidence-text',
      group,
      label: 'Export evidence of the check as text',
      icon: Download,
      run: () => void exportEvidence(source, 'text'),
    },
    {
      id: 'integrity',
      group,
      label: 'Show integrity',
      icon: Shield,
      run: () => openIntegrity(source),
    },
    { id: 'recording', group, label: 'Show how to record', icon: Eye, run: () => showOverlay('recording') },
  ];
}

/** The parts of the window, whatever is in it. */
function paneCommands(source: string): readonly Command[] {
  const group = 'Actions';
  return [
    {
      id: 'operations',
      group,
      label: 'Show operations',
      icon: History,
      run: () => openBottom('operations', source),
    },
    {
      id: 'problems',
      group,
      label: 'Show problems',
      icon: TriangleAlert,
      run: () => openBottom('problems', source),
    },
    {
      id: 'bottom',
      group,
      label: 'Show or hide the panel below',
      icon: PanelBottom,
      keys: 'mod+j',
      run: toggleBottom,
    },
    {
      id: 'inspector',
      group,
      label: 'Show or hide the inspector',
      icon: PanelRight,
      keys: 'mod+i',
      run: toggleInspector,
    },
    {
      id: 'sources',
      group,
      label: 'Show or hide the sources',
      icon: PanelLeft,
      keys: 'mod+b',
      run: toggleSources,
    },
  ];
}

function windowCommands(): readonly Command[] {
  const { theme, time, density, minimap } = useSettings.getState();
  const { host } = useConnection.getState();
  const group = 'Actions';
  const here = 'in use';
  return [
    {
      id: 'open',
      group,
      label: 'Open folder…',
      icon: FolderOpen,
      keys: 'mod+o',
      run: () => void chooseFolder(),
    },
    {
      id: 'open-file',
      group,
      label: 'Open the file of a ledger…',
      icon: ScrollText,
      run: () => void chooseFile(),
    },
    ...(host === null || host.sample === null
      ? []
      : [
          {
            id: 'sample',
            group,
            label: 'Open the sample workspace',
            icon: Play,
            run: () => void openSample(),
          } as const,
        ]),
    ...(useWorkspaceStore.getState().workspace === null
      ? []
      : [{ id: 'close', group, label: 'Close folder', icon: LogOut, run: leaveWorkspace } as const]),
    {
      id: 'theme-light',
      group,
      label: 'Use the light theme',
      icon: Sun,
      ...(theme === 'light' ? { detail: here } : {}),
      run: () => setTheme('light'),
    },
    {
      id: 'theme-dark',
      group,
      label: 'Use the dark theme',
      icon: Moon,
      ...(theme === 'dark' ? { detail: here } : {}),
      run: () => setTheme('dark'),
    },
    {
      id: 'theme-system',
      group,
      label: 'Use the theme of the system',
      icon: Monitor,
      ...(theme === 'system' ? { detail: here } : {}),
      run: () => setTheme('system'),
    },
    {
      id: 'time',
      group,
      label: time === 'utc' ? 'Show times in local time' : 'Show times in UTC',
      icon: Clock,
      run: () => setTime(time === 'utc' ? 'local' : 'utc'),
    },
    {
      id: 'settings',
      group,
      label: 'Settings',
      icon: Settings,
      keys: 'mod+,',
      run: () => showOverlay('settings'),
    },
    {
      id: 'reset-settings',
      group,
      label: 'Reset the settings to defaults',
      icon: RotateCcw,
      run: resetSettings,
    },
    {
      id: 'density',
      group,
      label: density === 'compact' ? 'Use comfortable rows' : 'Use compact rows',
      icon: Rows3,
      run: () => setSettings({ density: density === 'compact' ? 'comfortable' : 'compact' }),
    },
    {
      id: 'minimap',
      group,
      label: minimap ? 'Hide the minimap' : 'Show the minimap',
      icon: PanelRight,
      run: () => setSettings({ minimap: !minimap }),
    },
    { id: 'log-show', group, label: 'Show the log', icon: FileText, run: () => void showLog() },
    {
      id: 'log-copy',
      group,
      label: 'Copy the log for a bug report',
      icon: ClipboardCopy,
      run: () => void copyLog(),
    },
    {
      id: 'keys',
      group,
      label: 'Show all keys',
      icon: Keyboard,
      keys: '?',
      run: () => showOverlay('shortcuts'),
    },
  ];
}

function refCommands(source: string): readonly Command[] {
  const overview = useWorkspaceStore.getState().overviews[source]?.value ?? null;
  if (overview === null) return [];
  return [
    ...overview.branches.map((branch): Command => ({
      id: `branch-${branch.name}`,
      group: 'Branches',
      label: branch.name,
      lane: branch.colour,
      detail: branch.current
        ? `HEAD, ${shortHash(branch.hash)}`
        : branch.ahead === null || branch.behind === null
          ? shortHash(branch.hash)
          : `${formatCounted(branch.ahead, 'call')} ahead of HEAD, ${formatCount(branch.behind)} behind`,
      blocked: branch.present ? null : 'the call that it names is not in the store',
      run: () => goToCall(source, branch.hash),
      runInTab: () => void openCallTab(source, branch.hash),
    })),
    ...[...overview.tags, ...overview.checkpoints].map((mark): Command => ({
      id: `mark-${mark.name}`,
      group: 'Tags and checkpoints',
      label: mark.label,
      icon: Tag,
      detail: `${mark.kind}, ${shortHash(mark.hash)}`,
      run: () => goToCall(source, mark.hash),
      runInTab: () => void openCallTab(source, mark.hash),
    })),
  ];
}
