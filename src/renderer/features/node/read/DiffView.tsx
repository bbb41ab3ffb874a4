import { useMemo } from 'react';
import { formatCount } from '../../../ui/format.ts';
import { visibleText } from '../../../ui/visible-text.ts';
import { limits } from './limits.ts';
import { MoreButton, useMore } from './More.tsx';
import { comparePair } from './pair.ts';
import { PartFrame } from './PartFrame.tsx';
import type { DiffPart, PairPart } from './parts.ts';
import type { Hunk, PatchFile, PatchLine } from './patch.ts';
import { useRead } from './read-context.ts';
import { shownText } from './shown-text.ts';
import { markWords, type Word } from './words-of-line.ts';

/** A patch: files, hunks, and lines with what changed within them. */
export function DiffView({ part }: { readonly part: DiffPart }) {
  const { before, files, added, removed } = part.patch;
  const { shown, showMore } = useMore(limits.patchLines, limits.moreLines);
  const { drawn, left } = useMemo(() => firstLines(files, shown), [files, shown]);
  return (
    <PartFrame
      path={part.path}
      title={part.title}
      kind="Patch"
      detail={
        <>
          {files.length > 1 && `${formatCount(files.length)} files `}
          <Counts added={added} removed={removed} />
        </>
      }
      copy={() => part.text}
      copyLabel="Copy the patch"
    >
      {before.some((line) => line !== '' && line !== '*** Begin Patch') && (
        <pre className="r-code r-wrapped r-before">{shownText(before.join('\n'))}</pre>
      )}
      {drawn.map((file) => (
        <File key={`${file.head[0] ?? ''} ${file.name}`} file={file} />
      ))}
      <MoreButton left={left} step={limits.moreLines} noun="lines" onClick={showMore} />
    </PartFrame>
  );
}

/** A text and what replaces it, compared. */
export function PairView({ part }: { readonly part: PairPart }) {
  const hunks = useMemo(() => comparePair(part.before, part.after), [part]);
  const lines = hunks.flatMap((hunk) => hunk.lines);
  const { shown, showMore } = useMore(limits.patchLines, limits.moreLines);
  const file: PatchFile = { name: '', head: [], hunks };
  const { drawn, left } = firstLines([file], shown);
  return (
    <PartFrame
      path={part.path}
      title={part.title}
      kind="Replacement"
      detail={
        <Counts
          added={lines.filter(({ sign }) => sign === '+').length}
          removed={lines.filter(({ sign }) => sign === '-').length}
        />
      }
      copy={() => part.after}
      copyLabel="Copy the new text"
    >
      <File file={drawn[0] ?? file} />
      <MoreButton left={left} step={limits.moreLines} noun="lines" onClick={showMore} />
    </PartFrame>
  );
}

function Counts({ added, removed }: { readonly added: number; readonly removed: number }) {
  return (
    <span className="r-counts">
      <span className="r-added">+{formatCount(added)}</span>{' '}
      <span className="r-removed">−{formatCount(removed)}</span>
    </span>
  );
}

/** The first lines of files, and how many are behind them. */
function firstLines(
  files: readonly PatchFile[],
  count: number,
): { drawn: readonly PatchFile[]; left: number } {
  let room = count;
  let left = 0;
  const drawn = files.map((file) => ({
    ...file,
    hunks: file.hunks.flatMap((hunk): Hunk[] => {
      const lines = hunk.lines.slice(0, Math.max(0, room));
      room -= lines.length;
      left += hunk.lines.length - lines.length;
      return lines.length === 0 && hunk.lines.length > 0 ? [] : [{ ...hunk, lines }];
    }),
  }));
  return { drawn, left };
}

function File({ file }: { readonly file: PatchFile }) {
  const { wrap } = useRead();
  // what a reader has to know is drawn; that a file is the same in a and b, and its blob hashes, is noise
  const said = file.head.filter(
    (line) => !/^(?:diff --git|Index:|index |--- |\+\+\+ |={5,}|\*\*\* Update File)/.test(line),
  );
  const widest = widestNumber(file);
  const numbered = file.hunks.some(({ lines }) =>
    lines.some((line) => line.old !== null || line.new !== null),
  );
  return (
    <div className="r-file">
      {file.name !== '' && (
        <div className="r-file-name" title={file.head.join('\n')}>
          <bdi className="mono">{visibleText(file.name)}</bdi>
          {said.map((line) => (
            <span key={line} className="r-file-fact">
              {visibleText(factOf(line))}
            </span>
          ))}
        </div>
      )}
      <div
        className={`r-diff ${wrap ? 'r-diff-wrapped' : ''}`}
        style={{ '--digits': numbered ? String(widest).length : 0 } as React.CSSProperties}
      >
        {file.hunks.map((hunk, i) => (
          // oxlint-disable-next-line react/no-array-index-key -- a hunk has no other name than its place
          <HunkLines key={i} hunk={hunk} numbered={numbered} />
        ))}
      </div>
    </div>
  );
}

/** Line numbers grow within a file, so its last hunk has the widest. */
function widestNumber({ hunks }: PatchFile): number {
  const last = hunks.findLast(({ lines }) => lines.length > 0)?.lines.at(-1);
  return Math.max(1, last?.old ?? 0, last?.new ?? 0) * 2;
}

const factOf = (line: string): string =>
  line
    .replace(/^\*\*\* Add File: .*$/, 'new')
    .replace(/^\*\*\* Delete File: .*$/, 'deleted')
    .replace(/^\*\*\* Move to: /, 'moved to ');

function HunkLines({ hunk, numbered }: { readonly hunk: Hunk; readonly numbered: boolean }) {
  const marks = useMemo(() => markWords(hunk.lines), [hunk]);
  return (
    <>
      {hunk.head !== '' && hunk.head !== '*** End Patch' && (
        <div className="r-hunk">{visibleText(hunk.head)}</div>
      )}
      {hunk.lines.map((line, i) => (
        // oxlint-disable-next-line react/no-array-index-key -- a line has no other name than its place
        <LineRow key={i} line={line} words={marks.get(line)} numbered={numbered} />
      ))}
    </>
  );
}

/** A first word so long that wrapping would leave its indentation alone on a line. */
const LONG_FIRST = /^\s*\S{24}/;

type LineProps = {
  readonly line: PatchLine;
  readonly words: readonly Word[] | undefined;
  readonly numbered: boolean;
};

function LineRow({ line, words, numbered }: LineProps) {
  const Tag = line.sign === '+' ? 'ins' : line.sign === '-' ? 'del' : 'span';
  const look = line.sign === '+' ? 'r-add' : line.sign === '-' ? 'r-del' : line.sign === '\\' ? 'r-note' : '';
  const text = line.text.length > limits.chars ? `${line.text.slice(0, limits.chars)}…` : line.text;
  return (
    <div className={`r-row ${look}`}>
      {numbered && <span className="r-no" data-no={line.old ?? ''} aria-hidden />}
      {numbered && <span className="r-no" data-no={line.new ?? ''} aria-hidden />}
      <span className="r-sign" data-sign={line.sign === '-' ? '−' : line.sign} aria-hidden />
      <Tag className={`r-line ${LONG_FIRST.test(text) ? 'r-break' : ''}`} dir="auto">
        {words === undefined ? shownText(text) || ' ' : words.map(markedWord)}
      </Tag>
    </div>
  );
}

// oxlint-disable-next-line react/no-array-index-key -- a word has no other name than its place
const markedWord = (word: Word, i: number) => <Marked key={i} word={word} />;

const Marked = ({ word }: { readonly word: Word }) =>
  word.changed ? <mark>{shownText(word.text)}</mark> : shownText(word.text);
