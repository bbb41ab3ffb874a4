/* oxlint-disable jsx-a11y/prefer-tag-over-role, jsx-a11y/click-events-have-key-events -- the field of the palette has the keys */
import { CornerDownLeft, Hash } from 'lucide-react';
import type { MouseEvent } from 'react';
import type { Command } from '../../app/commands.ts';
import { LaneBar } from '../../ui/badge/Badge.tsx';
import { Kbd } from '../../ui/kbd/Kbd.tsx';
import { hintText, visibleText } from '../../ui/visible-text.ts';
import type { Match } from './match.ts';

export type OptionProps = {
  readonly id: string;
  readonly match: Match;
  readonly active: boolean;
  readonly onRun: (command: Command, inTab: boolean) => void;
};

/** One entry of the palette: what it is, what it does, why it can't be done, its key. */
export function Option({ id, match, active, onRun }: OptionProps) {
  const { command, marks } = match;
  const blocked = typeof command.blocked === 'string';
  const onClick = (event: MouseEvent) => onRun(command, event.ctrlKey || event.metaKey);
  return (
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={active}
      aria-disabled={blocked}
      className="palette-option"
      title={hintText(command.label)}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onClick}
    >
      <Lead command={command} />
      <bdi className="palette-label truncate">
        <Marked text={visibleText(command.label)} marks={marks} />
      </bdi>
      <span className="palette-detail truncate">{command.blocked ?? command.detail}</span>
      {command.keys !== undefined && <Kbd keys={command.keys} />}
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

/** The letters that were typed stand out, in as few pieces as they make. */
function Marked({ text, marks }: { readonly text: string; readonly marks: ReadonlySet<number> }) {
  if (marks.size === 0) return text;
  const runs: { readonly from: number; readonly marked: boolean; text: string }[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const last = runs.at(-1);
    const marked = marks.has(at);
    if (last?.marked === marked) last.text += text[at];
    else runs.push({ from: at, marked, text: text[at] ?? '' });
  }
  return runs.map((run) =>
    run.marked ? (
      <mark key={run.from} className="palette-mark">
        {run.text}
      </mark>
    ) : (
      run.text
    ),
  );
}
