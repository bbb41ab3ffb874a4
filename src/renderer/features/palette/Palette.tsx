/* oxlint-disable jsx-a11y/prefer-tag-over-role -- a combobox has its list as ARIA roles; a select can not hold it, and the input has the keys */
import { Dialog as Base } from '@base-ui/react/dialog';
import { Search } from 'lucide-react';
import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import { listCommands, type Command } from '../../app/commands.ts';
import { closeOverlay, useOverlays } from '../../state/overlays.ts';
import { placesNow } from '../../state/agents.ts';
import { useTabs } from '../../state/tabs.ts';
import { nearestAgents, nearestLedger, nearestVek, useWorkspace } from '../../state/workspace.ts';
import { Badge } from '../../ui/badge/Badge.tsx';
import { formatCount, formatCounted } from '../../ui/format.ts';
import { visibleText } from '../../ui/visible-text.ts';
import { isCovered } from '../../ui/keyboard.ts';
import { Kbd } from '../../ui/kbd/Kbd.tsx';
import { hashPrefix, matchCommands, readQuery, type PaletteGroup } from './match.ts';
import { keyCommands } from './key-commands.ts';
import { Option } from './Option.tsx';
import { recentCommands, rememberCommand } from './recent.ts';
import { useAgentFiles } from './use-agent-files.ts';
import { useRecordHits } from './use-records.ts';
import { useCalls } from './use-calls.ts';
import { useFolders } from './use-folders.ts';
import { useHashJump } from './use-hash-jump.ts';
import './palette.css';

/** How far Page up and Page down go. */
const PAGE = 6;

/** Search and commands in one place: every action, branch and tag, and calls by their text or the beginning of their hash. */
export function Palette() {
  const open = useOverlays((state) => state.overlay === 'palette');
  const [cameFrom, setCameFrom] = useState<HTMLElement | null>(null);
  return (
    <Base.Root open={open} onOpenChange={(next) => !next && closeOverlay()}>
      <Base.Portal>
        <Base.Backdrop className="dialog-backdrop" />
        <Base.Viewport className="palette-viewport">
          <Base.Popup
            className="palette"
            data-surface="raised"
            aria-label="Search and commands"
            finalFocus={() => cameFrom ?? true}
          >
            <PaletteBody onFocusTaken={setCameFrom} />
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  );
}

type Kinds = 'vek' | 'agents' | 'both' | 'ledger';

function kindsOf(vek: string | null, agents: string | null): Kinds {
  if (vek === null && agents === null && nearestLedger() !== null) return 'ledger';
  return agents === null ? 'vek' : vek === null ? 'agents' : 'both';
}

const PLACEHOLDERS: Readonly<Record<Kinds, string>> = {
  vek: 'Search calls, branches, tags and hashes, or run a command',
  agents: 'Search agents, runs and files, or run a command',
  ledger: 'Search accounts, or run a command',
  both: 'Search calls, agents, runs, files and branches, or run a command',
};

const NOTHING: Readonly<Record<Kinds, string>> = {
  vek: 'A call is found by a text in its input or output, or by the first digits of its hash.',
  agents: 'A run is found by its summary, its id or a query such as agent:name is:failed.',
  ledger: 'An account is found by the name of its agent; entries are found by the filter of the statement.',
  both: 'A call is found by a text in it or its hash, a run by its summary, its id or a query.',
};

type BodyProps = {
  /** hears from whom the field took the focus */
  readonly onFocusTaken: (from: HTMLElement | null) => void;
};

function PaletteBody({ onFocusTaken }: BodyProps) {
  const [input, setInput] = useState('');
  const [at, setAt] = useState(0);
  const id = useId();
  const workspace = useWorkspace();
  const vek = nearestVek();
  const agents = nearestAgents();
  const query = readQuery(input);
  const jump = useHashJump(vek, hashPrefix(query));
  const calls = useCalls(vek, query);
  const files = useAgentFiles(agents, query);
  const hits = useRecordHits(agents, query);
  const folders = useFolders();
  const [recent] = useState(recentCommands);
  const listed = listCommands(query.text);
  const commands = [
    ...listed,
    ...keyCommands(listed),
    ...(jump === null ? [] : [jump]),
    ...files,
    ...hits,
    ...calls,
    ...folders,
  ];
  const groups = matchCommands(commands, query, recent);
  const flat = groups.flatMap((group) => group.matches.map((match) => match.command));
  const index = Math.min(at, flat.length - 1);
  const active = flat[index];
  const optionId = (command: Command) => `${id}-${command.id}`;

  const field = useRef<HTMLInputElement>(null);
  // before the next key, which is the first letter of a fast typist
  useLayoutEffect(() => {
    onFocusTaken(document.activeElement instanceof HTMLElement ? document.activeElement : null);
    field.current?.focus();
  }, [onFocusTaken]);

  const activeId = active === undefined ? null : optionId(active);
  useEffect(() => {
    if (activeId !== null) document.getElementById(activeId)?.scrollIntoView({ block: 'nearest' });
  }, [activeId]);

  const onKeyDown = (event: KeyboardEvent) => {
    const last = flat.length - 1;
    if (event.key === 'ArrowDown') setAt(index >= last ? 0 : index + 1);
    else if (event.key === 'ArrowUp') setAt(index <= 0 ? last : index - 1);
    else if (event.key === 'PageDown') setAt(Math.min(last, index + PAGE));
    else if (event.key === 'PageUp') setAt(Math.max(0, index - PAGE));
    else if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      runCommand(active, event.ctrlKey || event.metaKey);
    } else return;
    event.preventDefault();
  };

  return (
    <>
      <div className="palette-head">
        <Search className="icon" size={16} aria-hidden />
        <input
          ref={field}
          className="palette-input"
          role="combobox"
          aria-label="Search and commands"
          aria-expanded
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          {...(active === undefined ? {} : { 'aria-activedescendant': optionId(active) })}
          autoComplete="off"
          spellCheck={false}
          placeholder={PLACEHOLDERS[kindsOf(vek, agents)]}
          value={input}
          onChange={(event) => {
            setInput(event.currentTarget.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
        />
        {workspace !== null && (
          <Badge>
            in&nbsp;<bdi>{visibleText(workspace.name)}</bdi>
          </Badge>
        )}
      </div>
      <div id={`${id}-list`} role="listbox" aria-label="Results" className="palette-list">
        {groups.map((group) => (
          <Group key={group.name} group={group} active={active} idOf={optionId} onRun={runCommand} />
        ))}
        {flat.length === 0 && (
          <p className="palette-none">Nothing matches. {NOTHING[kindsOf(vek, agents)]}</p>
        )}
      </div>
      <output className="visually-hidden">
        {flat.length === 0 ? 'Nothing matches' : formatCounted(flat.length, 'result')}
      </output>
      <div className="palette-foot">
        <span>
          <Kbd keys="ArrowUp" /> <Kbd keys="ArrowDown" /> move
        </span>
        <span>
          <Kbd keys="Enter" /> run
        </span>
        {active?.runInTab !== undefined && (
          <span>
            <Kbd keys="mod+Enter" /> in a new tab
          </span>
        )}
        <span className="palette-space" />
        {(vek !== null || agents === null) && (
          <span>
            <Kbd keys="#" /> hash
          </span>
        )}
        <span>
          <Kbd keys="@" /> {vek === null && agents !== null ? 'agent' : 'branch'}
        </span>
        <span>
          <Kbd keys=">" /> actions only
        </span>
      </div>
    </>
  );
}

type GroupProps = {
  readonly group: PaletteGroup;
  readonly active: Command | undefined;
  readonly idOf: (command: Command) => string;
  readonly onRun: (command: Command, inTab: boolean) => void;
};

function Group({ group, active, idOf, onRun }: GroupProps) {
  return (
    <div role="group" aria-label={group.name}>
      <p className="palette-group" aria-hidden>
        {group.name}
      </p>
      {group.matches.map((match) => (
        <Option
          key={match.command.id}
          id={idOf(match.command)}
          match={match}
          active={match.command.id === active?.id}
          onRun={onRun}
        />
      ))}
      {group.more > 0 && <p className="palette-more">{formatCount(group.more)} more match; type on</p>}
    </div>
  );
}

/** After a jump the arrow keys belong to the rows of the graph. */
function focusRows(): void {
  window.setTimeout(() => {
    // the palette may be open again by now
    if (isCovered()) return;
    document.querySelector<HTMLElement>('#view [role="grid"]')?.focus({ preventScroll: true });
  }, 60);
}

/** What brings another view to the front gives it the keys: its rows, unless it took them itself. */
function focusFront(): void {
  window.setTimeout(() => {
    const view = document.getElementById('view');
    if (isCovered() || view === null || view.contains(document.activeElement)) return;
    (view.querySelector<HTMLElement>('[data-key-default]') ?? view).focus({ preventScroll: true });
  }, 60);
}

function runCommand(command: Command | undefined, inTab: boolean): void {
  if (command === undefined || typeof command.blocked === 'string') return;
  if (command.answer !== true) rememberCommand(command.id);
  closeOverlay();
  const tab = inTab ? command.runInTab : undefined;
  // the dialog gives the focus back first, so that what the command focuses keeps it
  window.setTimeout(() => {
    const before = useTabs.getState().active;
    const places = placesNow();
    (tab ?? command.run)();
    const { active } = useTabs.getState();
    if (active !== null && (active !== before || placesNow() !== places)) focusFront();
    if (tab === undefined && !['Actions', 'Agents', 'Files', 'Folders'].includes(command.group)) focusRows();
  }, 0);
}
