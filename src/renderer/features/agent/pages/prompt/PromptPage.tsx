import { Search } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { AssembledPrompt } from '../../../../../contract/prompt.ts';
import { Button } from '../../../../ui/button/Button.tsx';
import { CopyButton } from '../../../../ui/copy/CopyButton.tsx';
import { FailureState } from '../../../../ui/empty/FailureState.tsx';
import { TextField } from '../../../../ui/field/TextField.tsx';
import { formatCount, formatCounted } from '../../../../ui/format.ts';
import { SkeletonRows } from '../../../../ui/skeleton/Skeleton.tsx';
import { visibleText } from '../../../../ui/visible-text.ts';
import { PageHead } from '../../parts/PageHead.tsx';
import { useScene } from '../../scene.ts';
import { occurrences } from './find.ts';
import { LeftOut } from './LeftOut.tsx';
import { Piece } from './Piece.tsx';
import './prompt.css';

/** Occurrences that are marked in one part; more would only slow the page down. */
const MOST_MARKS = 2_000;

/** The very text that is sent, part after part, with what each takes (§10). */
export function PromptPage({ item }: { readonly item: string | null }) {
  const { prompt } = useScene();
  const { value, error, again } = prompt;
  if (value !== null) return <Shown prompt={value} item={item} />;
  if (error === null) return <SkeletonRows rows={10} label="Assembling the prompt" />;
  return (
    <FailureState
      error={error}
      actions={
        <Button size="small" onClick={again}>
          Read again
        </Button>
      }
    />
  );
}

function Shown({ prompt, item }: { readonly prompt: AssembledPrompt; readonly item: string | null }) {
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());
  const [wanted, setWanted] = useState('');
  const [at, setAt] = useState(0);
  const scroll = useRef<HTMLDivElement>(null);
  const { pieces } = prompt;
  const found = useMemo(
    () => pieces.map(({ text }) => occurrences(text, wanted, MOST_MARKS)),
    [pieces, wanted],
  );
  const total = found.reduce((sum, places) => sum + places.length, 0);
  const here = total === 0 ? -1 : ((at % total) + total) % total;
  useEffect(() => {
    if (item === null) return;
    const element = scroll.current?.querySelector(`[data-piece="${CSS.escape(item)}"]`);
    element?.scrollIntoView({ block: 'start' });
  }, [item]);
  const mark = `${here} ${wanted}`;
  useEffect(() => {
    // the marks are drawn by then; a search that finds nothing leaves the place
    if (!mark.startsWith('-')) {
      scroll.current?.querySelector('mark[data-here]')?.scrollIntoView({ block: 'center' });
    }
  }, [mark]);
  const all = folded.size === pieces.length && pieces.length > 0;
  const over = prompt.tokens - prompt.limitTokens;
  const sums = useMemo(() => runningSums(pieces.map(({ tokens }) => tokens)), [pieces]);
  const marks = useMemo(() => runningSums(found.map(({ length }) => length)), [found]);
  return (
    <>
      <PageHead
        title="Assembled prompt"
        note={
          <>
            ≈ {formatCount(prompt.tokens)} tokens (estimated: characters ÷ 4),{' '}
            {formatCount(prompt.characters)} characters in {formatCounted(pieces.length, 'part')}. Limit{' '}
            {formatCount(prompt.limitTokens)}, {visibleText(prompt.limitFrom)}.
            {over > 0 && <span className="ag-bad"> {formatCount(over)} over the limit.</span>}
          </>
        }
        actions={
          <>
            <Button
              size="small"
              onClick={() => setFolded(all ? new Set() : new Set(pieces.map(({ key }) => key)))}
            >
              {all ? 'Unfold all' : 'Fold all'}
            </Button>
            <CopyButton text={() => prompt.text} label="Copy the whole prompt" />
          </>
        }
      />
      <div className="ag-toolbar">
        <TextField
          className="ag-search"
          label="Search the prompt"
          hideLabel
          icon={Search}
          placeholder="Search the prompt"
          value={wanted}
          onChange={(text) => {
            setWanted(text);
            setAt(0);
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter') setAt((now) => now + (event.shiftKey ? -1 : 1));
            if (event.key === 'Escape' && wanted !== '') setWanted('');
          }}
        />
        <output className="ag-muted">
          {wanted === ''
            ? ''
            : total === 0
              ? 'Not found'
              : `${formatCount(here + 1)} of ${formatCount(total)}, Enter for the next`}
        </output>
      </div>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keys */}
      <section ref={scroll} className="ag-scroll pp" tabIndex={0} aria-label="Parts of the prompt">
        {prompt.blocking.length > 0 && (
          <ul className="pp-blocking">
            {prompt.blocking.map((why) => (
              <li key={why}>The runtime would not load this agent: {visibleText(why)}</li>
            ))}
          </ul>
        )}
        <div className="pp-head" aria-hidden>
          <span>Part</span>
          <span>Tokens</span>
          <span>Share</span>
          <span>So far</span>
        </div>
        {pieces.map((piece, index) => {
          const cumulated = sums[index] ?? 0;
          const places = found[index] ?? [];
          const first = (marks[index] ?? 0) - places.length;
          return (
            <Piece
              key={piece.key}
              piece={piece}
              cumulated={cumulated}
              over={cumulated > prompt.limitTokens}
              places={places}
              length={wanted.length}
              here={here >= first && here < first + places.length ? here - first : -1}
              folded={folded.has(piece.key) && places.length === 0}
              onFold={() => setFolded((now) => toggled(now, piece.key))}
              breakpoint={prompt.breakpoints.find(({ after }) => after === piece.key)?.why ?? null}
            />
          );
        })}
        <LeftOut prompt={prompt} />
      </section>
    </>
  );
}

/** The sum up to and with each of some numbers. */
function runningSums(values: readonly number[]): readonly number[] {
  const sums: number[] = [];
  for (const value of values) sums.push((sums.at(-1) ?? 0) + value);
  return sums;
}

function toggled(set: ReadonlySet<string>, key: string): ReadonlySet<string> {
  const next = new Set(set);
  if (!next.delete(key)) next.add(key);
  return next;
}
