import { useMemo, type CSSProperties } from 'react';
import { Badge } from '../../../ui/badge/Badge.tsx';
import { formatCount } from '../../../ui/format.ts';
import { limits } from './limits.ts';
import { MoreButton, useMore } from './More.tsx';
import { PartFrame } from './PartFrame.tsx';
import type { TerminalPart } from './parts.ts';
import { useRead } from './read-context.ts';
import { shownText } from './shown-text.ts';
import { playTerminal, type Ink, type Span } from './terminal.ts';

/** Output of a terminal: its colours as the theme can show them, and nothing that acts. */
export function TerminalView({ part }: { readonly part: TerminalPart }) {
  const { wrap } = useRead();
  const screen = useMemo(() => playTerminal(part.text), [part.text]);
  const { shown, showMore } = useMore(limits.lines * 2, limits.moreLines);
  const { shown: chars, showMore: moreChars } = useMore(limits.chars * 4, limits.moreChars);
  const cut = useMemo(() => firstOf(screen.lines.slice(0, shown), chars), [screen, shown, chars]);
  const plain = () => screen.lines.map((line) => line.map((span) => span.text).join('')).join('\n');
  return (
    <PartFrame
      path={part.path}
      title={part.title}
      kind="Terminal output"
      detail={
        <>
          {part.stderr && part.title !== 'stderr' && <Badge>stderr</Badge>}
          {screen.removed > 0 &&
            `${formatCount(screen.removed)} control ${screen.removed === 1 ? 'sequence' : 'sequences'} removed`}
        </>
      }
      copy={plain}
    >
      <pre className={`r-code r-screen ${wrap ? 'r-wrapped' : ''}`} dir="auto">
        {cut.lines.map((line, i) => (
          // oxlint-disable-next-line react/no-array-index-key -- a line has no other name than its place
          <Line key={i} line={line} />
        ))}
      </pre>
      <MoreButton left={cut.left} step={limits.moreChars} noun="characters" onClick={moreChars} />
      {cut.left === 0 && (
        <MoreButton
          left={screen.lines.length - shown}
          step={limits.moreLines}
          noun="lines"
          onClick={showMore}
        />
      )}
    </PartFrame>
  );
}

type Drawn = readonly (readonly Span[])[];

/** The first characters of lines; `left` counts those of the shown lines that are not drawn yet. */
function firstOf(lines: Drawn, chars: number): { readonly lines: Drawn; readonly left: number } {
  let room = chars;
  let left = 0;
  const kept = lines.map((line) =>
    line.flatMap((span) => {
      const text = span.text.slice(0, Math.max(0, room));
      room -= text.length;
      left += span.text.length - text.length;
      return text === '' ? [] : [{ ...span, text }];
    }),
  );
  return { lines: kept, left };
}

function Line({ line }: { readonly line: readonly Span[] }) {
  return (
    <>
      {line.map((span, i) => (
        // oxlint-disable-next-line react/no-array-index-key -- a run has no other name than its place
        <Run key={i} span={span} />
      ))}
      {'\n'}
    </>
  );
}

function Run({ span: { text, ink } }: { readonly span: Span }) {
  if (ink === null) return shownText(text);
  return (
    <span className={classOf(ink)} style={styleOf(ink)}>
      {shownText(text)}
    </span>
  );
}

function classOf(ink: Ink): string {
  const names = [
    ink.inverse ? 'r-inverse' : ink.fg === null ? '' : typeof ink.fg === 'number' ? 'r-fg' : 'r-fg r-rgb',
    ink.inverse || ink.bg === null ? '' : typeof ink.bg === 'number' ? 'r-bg' : 'r-bg r-rgb-bg',
    ink.bold ? 'r-bold' : '',
    ink.dim ? 'r-dim' : '',
    ink.italic ? 'r-italic' : '',
    ink.underline ? 'r-underline' : '',
    ink.strike ? 'r-strike' : '',
  ];
  return names.filter((name) => name !== '').join(' ');
}

/** Only numbers and `#rrggbb` of our own making reach a style. */
function styleOf({ fg, bg }: Ink): CSSProperties {
  return {
    ...(fg === null ? {} : { '--ink': typeof fg === 'number' ? `var(--ansi-${fg})` : fg }),
    ...(bg === null ? {} : { '--paper': typeof bg === 'number' ? `var(--ansi-bg-${bg})` : bg }),
  } as CSSProperties;
}
