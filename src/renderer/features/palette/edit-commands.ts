import {
  CalendarPlus,
  CheckCheck,
  FilePen,
  FilePlus,
  GitCompareArrows,
  History,
  Layers,
  Search,
  SquarePen,
  Trash2,
  UserPlus,
} from 'lucide-react';
import type { AgentsOverview } from '../../../contract/fleet.ts';
import { activateSet } from '../../app/edits.ts';
import type { Command } from '../../app/commands.ts';
import { openAgent } from '../../state/agents.ts';
import { activeSet, editsOf, LOOSE, setName, unsavedCount } from '../../state/edits.ts';
import { askNewFile } from '../../state/new-file-form.ts';
import { askSet } from '../../state/set-form.ts';
import { formatCounted } from '../../ui/format.ts';
import { visibleText } from '../../ui/visible-text.ts';
import { agentInFront, openChanges } from '../agent/open-changes.ts';
import { openFileOf } from '../agent/open-file.ts';
import { focusSearch } from '../agent/pages/search/state.ts';
import { fileInFront } from '../agent/use-agent-keys.ts';
import { applySet, dropWhole } from '../change-sets/set-actions.ts';

const group = 'Actions';

/** What can be done about the files of agents: those in front, and what is not written yet. */
export function editCommands(source: string, overview: AgentsOverview | null): readonly Command[] {
  const agent = agentInFront(source) ?? overview?.agents[0]?.name ?? null;
  if (agent === null) return [];
  return [...fileCommands(source, agent), ...setCommands(source), ...pageCommands(source, agent)];
}

function fileCommands(source: string, agent: string): readonly Command[] {
  const path = agentInFront(source) === null ? null : fileInFront(source, agent);
  const blocked = path === null ? 'open a file of an agent first' : null;
  const detail = path === null ? {} : { detail: visibleText(path) };
  return [
    {
      id: 'edit-file',
      group,
      label: 'Edit this file',
      icon: SquarePen,
      keys: 'e',
      blocked,
      ...detail,
      run: () => path !== null && openFileOf(source, path, 'edit'),
    },
    {
      id: 'file-history',
      group,
      label: 'History of this file',
      icon: History,
      keys: 'h',
      blocked,
      ...detail,
      run: () => path !== null && openFileOf(source, path, 'history'),
    },
    {
      id: 'new-file',
      group,
      label: 'New file…',
      icon: FilePlus,
      keys: 'n',
      detail: `of ${visibleText(agent)}`,
      run: () => askNewFile({ source, agent, template: null }),
    },
    {
      id: 'new-agent',
      group,
      label: 'New agent…',
      icon: UserPlus,
      run: () => askNewFile({ source, agent: null, template: 'agent' }),
    },
  ];
}

function setCommands(source: string): readonly Command[] {
  const edits = editsOf(source);
  const set = activeSet(edits);
  const count = unsavedCount(edits);
  const name = visibleText(setName(set));
  const none = set.edits.length === 0 ? 'nothing is edited' : null;
  return [
    {
      id: 'review-changes',
      group,
      label: 'Review what is not written yet',
      icon: FilePen,
      keys: 'mod+shift+e',
      ...(count === 0 ? {} : { detail: formatCounted(count, 'unsaved file') }),
      run: () => openChanges(source),
    },
    {
      id: 'new-change-set',
      group,
      label: 'New change set…',
      icon: Layers,
      run: () => askSet({ source, set: null }),
    },
    {
      id: 'apply-changes',
      group,
      label: set.id === LOOSE ? 'Save all unsaved files…' : `Apply ${name}…`,
      icon: CheckCheck,
      blocked: none,
      run: () => applySet(source, set),
    },
    ...(set.edits.length === 0
      ? []
      : [
          {
            id: 'drop-changes',
            group,
            label: set.id === LOOSE ? 'Drop the loose edits' : `Drop ${name}`,
            icon: Trash2,
            detail: formatCounted(set.edits.length, 'file'),
            run: () => dropWhole(source, set),
          } as const,
        ]),
    ...edits.sets
      .filter(({ id }) => id !== set.id)
      .map((other): Command => ({
        id: `change-set-${other.id}`,
        group,
        label: `Type into ${visibleText(setName(other))}`,
        icon: Layers,
        detail: formatCounted(other.edits.length, 'file'),
        run: () => activateSet(source, other.id),
      })),
  ];
}

function pageCommands(source: string, agent: string): readonly Command[] {
  const of = { detail: `of ${visibleText(agent)}` };
  const to = (page: string, item: string | null = null) => openAgent(source, agent, { page, item });
  return [
    {
      id: 'versions',
      group,
      label: 'Compare versions of the agent',
      icon: GitCompareArrows,
      keys: 'v',
      ...of,
      run: () => to('versions'),
    },
    {
      id: 'journal-entry',
      group,
      label: 'Add a journal entry…',
      icon: CalendarPlus,
      ...of,
      run: () => to('journal', 'new'),
    },
    {
      id: 'search-files',
      group,
      label: 'Search the files of the agent',
      icon: Search,
      keys: 'mod+shift+f',
      ...of,
      run: () => {
        focusSearch();
        to('search');
      },
    },
  ];
}
