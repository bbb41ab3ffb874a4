/* oxlint-disable jsx-a11y/prefer-tag-over-role, jsx-a11y/click-events-have-key-events -- a combobox has its list as ARIA roles; a select can not hold it, and the input has the keys */
import { Dialog as Base } from '@base-ui/react/dialog';
import { CornerDownLeft, Hash, Search } from 'lucide-react';
import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import { listCommands, type Command } from '../../app/commands.ts';
import { closeOverlay, useOverlays } from '../../state/overlays.ts';
import { useActiveSource, useWorkspace } from '../../state/workspace.ts';
import { Badge, LaneBar } from '../../ui/badge/Badge.tsx';
import { formatCount } from '../../ui/format.ts';
import { visibleText } from '../../ui/visible-text.ts';
import { Kbd } from '../../ui/kbd/Kbd.tsx';
import { hashPrefix, matchCommands, readQuery, type PaletteGroup } from './match.ts';
import { useHashJump } from './use-hash-jump.ts';
import './palette.css';

/** Search and commands in one place: every action, branch and tag, and any call by the beginning of its hash. */
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

type BodyProps = {
  /** hears from whom the field took the focus */
  readonly onFocusTaken: (from: HTMLElement | null) => void;
};

function PaletteBody({ onFocusTaken }: BodyProps) {
  const [input, setInput] = useState('');
  const [at, setAt] = useState(0);
  const id = useId();
  const workspace = useWorkspace();
  const source = useActiveSource();
  const query = readQuery(input);
  const jump = useHashJump(source?.id ?? null, hashPrefix(query));
  const commands = listCommands(query.text);
  const groups = matchCommands(jump === null ? commands : [...commands, jump], query);
  const flat = groups.flatMap((group) => group.commands);
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
    else if (event.key === 'Enter' && !event.nativeEvent.isComposing) runCommand(active);
    else return;
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
          placeholder="A branch, a tag, a hash, or a command"
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
          <Group key={group.name} group={group} active={active} idOf={optionId} words={query.text} />
        ))}
        {flat.length === 0 && (
          <p className="palette-none">
            Nothing matches. A call is found by the first digits of its hash; the graph’s filter finds calls
            by tool, time and text.
          </p>
        )}
      </div>
      <footer className="palette-foot">
        <span>
          <Kbd keys="ArrowUp" /> <Kbd keys="ArrowDown" /> move
        </span>
        <span>
          <Kbd keys="Enter" /> run
        </span>
        <span className="palette-space" />
        <span>
          <Kbd keys="#" /> hash
        </span>
        <span>
          <Kbd keys="@" /> branch
        </span>
        <span>
          <Kbd keys=">" /> actions only
        </span>
      </footer>
    </>
  );
}

type GroupProps = {
  readonly group: PaletteGroup;
  readonly active: Command | undefined;
  readonly idOf: (command: Command) => string;
  readonly words: string;
};

function Group({ group, active, idOf, words }: GroupProps) {
  return (
    <div role="group" aria-label={group.name}>
      <p className="palette-group">{group.name}</p>
      {group.commands.map((command) => (
        <div
          key={command.id}
          id={idOf(command)}
          role="option"
          tabIndex={-1}
          aria-selected={command.id === active?.id}
          aria-disabled={typeof command.blocked === 'string'}
          className="palette-option"
          title={command.label}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => runCommand(command)}
        >
          <Lead command={command} />
          <bdi className="palette-label truncate">
            <Marked text={visibleText(command.label)} words={words} />
          </bdi>
          <span className="palette-detail truncate">{command.blocked ?? command.detail}</span>
          {command.keys !== undefined && <Kbd keys={command.keys} />}
        </div>
      ))}
      {group.more > 0 && <p className="palette-more">{formatCount(group.more)} more match; type on</p>}
    </div>
  );
}

function Lead({ command }: { readonly command: Command }) {
  if (command.lane !== undefined) {
    return (
      <span className="palette-lead">
        <LaneBar colour={command.lane} />
      </span>
    );
  }
  const Icon = command.icon ?? (command.group === 'Calls' ? Hash : CornerDownLeft);
  return <Icon className="icon palette-lead" size={16} aria-hidden />;
}

/** The first word of the query inside the label stands out. */
function Marked({ text, words }: { readonly text: string; readonly words: string }) {
  const word = words.toLowerCase().split(/\s+/)[0] ?? '';
  const from = word === '' ? -1 : text.toLowerCase().indexOf(word);
  if (from < 0) return text;
  return (
    <>
      {text.slice(0, from)}
      <mark className="palette-mark">{text.slice(from, from + word.length)}</mark>
      {text.slice(from + word.length)}
    </>
  );
}

/** After a jump the arrow keys belong to the rows of the graph. */
function focusRows(): void {
  window.setTimeout(() => {
    document.querySelector<HTMLElement>('#view [role="grid"]')?.focus({ preventScroll: true });
  }, 60);
}

function runCommand(command: Command | undefined): void {
  if (command === undefined || typeof command.blocked === 'string') return;
  closeOverlay();
  // the dialog gives the focus back first, so that what the command focuses keeps it
  window.setTimeout(() => {
    command.run();
    if (command.group !== 'Actions') focusRows();
  }, 0);
}
