import { ChevronDown, ChevronRight } from 'lucide-react';
import { memo, type ReactNode } from 'react';
import type { PromptPiece } from '../../../../../contract/prompt.ts';
import { formatCount } from '../../../../ui/format.ts';
import { visibleText } from '../../../../ui/visible-text.ts';
import { shownText } from '../../../node/read/shown-text.ts';
import { groupOf } from '../../bar/groups.ts';
import { EditLink } from './EditLink.tsx';
import { FileLink } from '../../parts/FileLink.tsx';
import { cutAtPlaces } from './find.ts';

type Props = {
  readonly piece: PromptPiece;
  readonly cumulated: number;
  /** the limit is passed within or before this part */
  readonly over: boolean;
  /** where the searched text occurs, and how long it is */
  readonly places: readonly number[];
  readonly length: number;
  /** which of them the search is at; -1: none */
  readonly here: number;
  readonly folded: boolean;
  readonly onFold: () => void;
  /** why a provider's cache could end after it; null: it should not */
  readonly breakpoint: string | null;
};

/** One part of the prompt: its size and the text as it is sent. */
export function Piece(props: Props) {
  const { piece, cumulated, over, folded, onFold, breakpoint } = props;
  const { id, label } = groupOf(piece);
  const Chevron = folded ? ChevronRight : ChevronDown;
  return (
    <article className="pp-piece" data-piece={piece.key} aria-label={piece.title}>
      <header className="pp-row">
        <div className="pp-name">
          <button type="button" className="pp-fold" aria-expanded={!folded} onClick={onFold}>
            <Chevron className="icon" size={14} aria-hidden />
            <span className="ag-swatch" style={{ background: `var(--part-${id})` }} aria-hidden />
            <bdi className="truncate">{visibleText(piece.title)}</bdi>
            <span className="visually-hidden">, {label}</span>
          </button>
          {piece.path !== null && (
            <>
              <FileLink path={piece.path}>Open file</FileLink>
              <EditLink path={piece.path} title={piece.title} />
            </>
          )}
        </div>
        <span className="pp-figure">
          {formatCount(piece.tokens)}
          <span className="visually-hidden"> tokens</span>
        </span>
        <span className="pp-figure ag-muted">{(piece.share * 100).toFixed(1)} %</span>
        <span className={`pp-figure ${over ? 'ag-bad' : 'ag-muted'}`}>
          {formatCount(cumulated)}
          <span className="visually-hidden"> tokens so far{over ? ', over the limit' : ''}</span>
        </span>
      </header>
      {!folded && <Text text={piece.text} places={props.places} length={props.length} here={props.here} />}
      {breakpoint !== null && <p className="pp-break">A cache could end here: {visibleText(breakpoint)}</p>}
    </article>
  );
}

/** A part without the blank lines and the rule of `═` that join it to the one before (§10): they are drawn, not listed. */
function withoutDivider(text: string): { readonly divider: boolean; readonly rest: string } {
  const join = /^\n*(═{3,}\n*)?/.exec(text);
  return { divider: join?.[1] !== undefined, rest: text.slice(join?.[0].length ?? 0) };
}

type TextProps = Pick<Props, 'places' | 'length' | 'here'> & { readonly text: string };

const Text = memo(function Text({ text, places, length, here }: TextProps) {
  if (places.length === 0) {
    const { divider, rest } = withoutDivider(text);
    return (
      <>
        {divider && <hr className="pp-rule" aria-label="A divider is sent before this part" />}
        <pre className="pp-text">{shownText(rest)}</pre>
      </>
    );
  }
  const marked: ReactNode[] = cutAtPlaces(text, places, length).map((piece, index) => {
    if (index % 2 === 0) return shownText(piece);
    const current = (index - 1) / 2 === here;
    return (
      // oxlint-disable-next-line react/no-array-index-key -- the pieces of one text have no other name
      <mark key={index} {...(current ? { 'data-here': '' } : {})}>
        {shownText(piece)}
      </mark>
    );
  });
  return <pre className="pp-text">{marked}</pre>;
});
