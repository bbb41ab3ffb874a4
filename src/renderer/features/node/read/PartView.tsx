import { ChatView } from './ChatView.tsx';
import { CommandView } from './CommandView.tsx';
import { DiffView, PairView } from './DiffView.tsx';
import { FieldsView } from './FieldsView.tsx';
import { ImageView } from './ImageView.tsx';
import { limits } from './limits.ts';
import { MarkdownView } from './MarkdownView.tsx';
import { PartFrame } from './PartFrame.tsx';
import type { GroupPart, Part, TextPart } from './parts.ts';
import { LevelProvider, useLevel, type PartListProps } from './read-context.ts';
import { TableView } from './TableView.tsx';
import { TerminalView } from './TerminalView.tsx';
import { TextBody } from './TextBody.tsx';
import { TraceView } from './TraceView.tsx';

type Props = { readonly part: Part; readonly bare?: boolean; readonly lines?: number };

/** One part, drawn as what it is. `bare` parts stand in a chat, which names them itself. */
export function PartView({ part, bare = false, lines }: Props) {
  switch (part.kind) {
    case 'text':
      return <TextView part={part} bare={bare} lines={lines ?? limits.lines} />;
    case 'markdown':
      return <MarkdownView part={part} bare={bare} lines={lines ?? limits.lines} />;
    case 'terminal':
      return <TerminalView part={part} />;
    case 'command':
      return <CommandView part={part} />;
    case 'diff':
      return <DiffView part={part} />;
    case 'pair':
      return <PairView part={part} />;
    case 'trace':
      return <TraceView part={part} />;
    case 'table':
      return <TableView part={part} />;
    case 'image':
      return <ImageView part={part} bare={bare} />;
    case 'fields':
      return <FieldsView fields={part.fields} />;
    case 'group':
      return <GroupView part={part} bare={bare} />;
    case 'chat':
      return <ChatView part={part} />;
  }
}

/** Parts one under another. */
export function PartList({ parts, bare = false, lines }: PartListProps) {
  return parts.map((part) => (
    <PartView
      key={`${part.kind} ${part.path.join('.')} ${part.title ?? ''}${part.kind === 'fields' ? (part.fields[0]?.path.join('.') ?? '') : ''}`}
      part={part}
      bare={bare}
      {...(lines === undefined ? {} : { lines })}
    />
  ));
}

function TextView({
  part,
  bare,
  lines,
}: {
  readonly part: TextPart;
  readonly bare: boolean;
  readonly lines: number;
}) {
  return (
    <PartFrame path={part.path} title={part.title} kind="Text" copy={() => part.text} bare={bare}>
      <TextBody text={part.text} prose={part.prose} lines={lines} />
    </PartFrame>
  );
}

function GroupView({ part, bare }: { readonly part: GroupPart; readonly bare: boolean }) {
  const level = useLevel();
  const { text } = part;
  const untitled = part.title === null;
  return (
    <PartFrame
      path={part.path}
      title={part.title !== null && /^\d+$/.test(part.title) ? `Item ${part.title}` : part.title}
      kind={text === null ? 'Object' : 'JSON in a text'}
      {...(text === null || untitled ? {} : { detail: 'JSON in a text' })}
      copy={text === null ? null : () => text}
      bare={bare}
    >
      <div className={bare ? '' : 'r-inner'}>
        <LevelProvider value={untitled && bare ? level : level + 1}>
          <PartList parts={part.parts} />
        </LevelProvider>
      </div>
    </PartFrame>
  );
}
