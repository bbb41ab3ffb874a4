import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { Badge } from '../../../ui/badge/Badge.tsx';
import { formatCounted } from '../../../ui/format.ts';
import { visibleText } from '../../../ui/visible-text.ts';
import { FieldsView } from './FieldsView.tsx';
import { Heading } from './Heading.tsx';
import { limits } from './limits.ts';
import { MoreButton, useMore } from './More.tsx';
import type { Block, ChatPart, Field, Turn } from './parts.ts';
import { LevelProvider, useLevel, useDrawParts, useRead } from './read-context.ts';

const ROLE_WORDS: ReadonlyMap<string, string> = new Map([
  ['system', 'System'],
  ['developer', 'Developer'],
  ['user', 'User'],
  ['human', 'User'],
  ['assistant', 'Assistant'],
  ['ai', 'Assistant'],
  ['model', 'Model'],
  ['tool', 'Tool'],
  ['function', 'Function'],
]);

/** A conversation, turn by turn: who speaks, what is said, which tools are called and what they gave. */
export function ChatView({ part }: { readonly part: ChatPart }) {
  const { shown, showMore } = useMore(limits.turns, limits.moreLines);
  return (
    <>
      <ol className="r-chat" aria-label={`Chat, ${formatCounted(part.turns.length, 'turn')}`}>
        {part.turns.slice(0, shown).map((turn) => (
          <TurnView key={turn.path.join('.')} turn={turn} />
        ))}
      </ol>
      <MoreButton left={part.turns.length - shown} step={limits.moreLines} noun="turns" onClick={showMore} />
    </>
  );
}

function TurnView({ turn }: { readonly turn: Turn }) {
  const { reveal, pointer } = useRead();
  const level = useLevel();
  const words = ROLE_WORDS.get(turn.role) ?? turn.role;
  const { shown, showMore } = useMore(limits.turns, limits.moreLines);
  return (
    <li className={`r-turn r-turn-${ROLE_WORDS.has(turn.role) ? turn.role : 'other'}`}>
      <div className="r-turn-head">
        <Heading className="r-role">
          <button
            type="button"
            className="r-key"
            title={`Show ${pointer(turn.path)} in the JSON`}
            onClick={() => reveal(turn.path)}
          >
            <bdi>{visibleText(words)}</bdi>
          </button>
        </Heading>
        {turn.name !== null && <bdi className="r-detail">{visibleText(turn.name)}</bdi>}
        {turn.finish !== null && <span className="r-finish">ended: {visibleText(turn.finish)}</span>}
      </div>
      <LevelProvider value={level + 1}>
        {turn.blocks.slice(0, shown).map((block, i) => (
          // oxlint-disable-next-line react/no-array-index-key -- one place in the JSON may hold two blocks
          <BlockView key={`${i} ${block.path.join('.')}`} block={block} />
        ))}
        <MoreButton
          left={turn.blocks.length - shown}
          step={limits.moreLines}
          noun="blocks"
          onClick={showMore}
        />
        <MoreFields fields={turn.more} />
      </LevelProvider>
    </li>
  );
}

function BlockView({ block }: { readonly block: Block }) {
  const draw = useDrawParts();
  switch (block.kind) {
    case 'words':
    case 'other':
      return (
        <div className="r-block">
          {draw({ parts: block.parts, bare: true, lines: limits.turnLines })}
          <MoreFields fields={block.more} />
        </div>
      );
    case 'thinking':
      return <Thinking block={block} />;
    case 'call':
    case 'result':
      return <Used block={block} />;
  }
}

/** What the model thought to itself: there, and folded, because it is no part of the answer. */
function Thinking({ block }: { readonly block: Block }) {
  const draw = useDrawParts();
  const [open, setOpen] = useState(false);
  return (
    <div className="r-block r-thinking">
      <button type="button" className="r-fold" aria-expanded={open} onClick={() => setOpen(!open)}>
        <ChevronRight className="icon r-chevron" size={14} aria-hidden />
        <span className="r-preview">{open ? 'Thinking' : `Thinking: ${firstWords(block)}`}</span>
      </button>
      {open && draw({ parts: block.parts, bare: true, lines: limits.turnLines })}
      {open && <MoreFields fields={block.more} />}
    </div>
  );
}

function firstWords({ parts }: Block): string {
  const [part] = parts;
  return part?.kind === 'text' || part?.kind === 'markdown' ? visibleText(part.text.slice(0, 160)) : '';
}

/** A call of a tool with its arguments, or what it gave back. */
function Used({ block }: { readonly block: Block }) {
  const draw = useDrawParts();
  const isCall = block.kind === 'call';
  const empty = isCall ? 'no arguments' : 'nothing';
  return (
    <div className="r-block r-used">
      <div className="r-used-head">
        <span className="r-detail">{isCall ? 'Calls' : block.name === null ? 'Result' : 'Result of'}</span>{' '}
        {block.name !== null && <bdi className="r-tool">{visibleText(block.name)}</bdi>}
        {block.failed && <Badge tone="bad">failed</Badge>}
        {block.parts.length === 0 && <span className="r-empty">{empty}</span>}
        {block.id !== null && <bdi className="r-id">{visibleText(block.id)}</bdi>}
      </div>
      {draw({ parts: block.parts, bare: true, lines: limits.turnLines })}
      <MoreFields fields={block.more} />
    </div>
  );
}

/** What a record holds beside what is drawn: named in one line, there on a press. */
function MoreFields({ fields }: { readonly fields: readonly Field[] }) {
  const [open, setOpen] = useState(false);
  if (fields.length === 0) return null;
  const names = fields.map((field) => field.label).join(', ');
  return (
    <div className="r-also">
      <button type="button" className="r-fold" aria-expanded={open} onClick={() => setOpen(!open)}>
        <ChevronRight className="icon r-chevron" size={14} aria-hidden />
        <span className="r-preview">Also {visibleText(names.slice(0, 120))}</span>
      </button>
      {open && <FieldsView fields={fields} />}
    </div>
  );
}
