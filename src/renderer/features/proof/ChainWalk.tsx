/* oxlint-disable jsx-a11y/no-noninteractive-tabindex -- the arrow keys walk along the list; they are in the window's registry */
import { ChevronDown, ChevronUp, X } from 'lucide-react';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import type { ChainLink } from '../../../contract/ledger-detail.ts';
import type { ChainStretch, GoneRow } from '../../../contract/ledger-chain.ts';
import { api } from '../../app/engine.ts';
import { useAnswer } from '../../app/use-answer.ts';
import { showEntry } from '../../state/ledgers.ts';
import { announce } from '../../ui/announce.ts';
import { Button, IconButton } from '../../ui/button/Button.tsx';
import { TextField } from '../../ui/field/TextField.tsx';
import { formatCount, shortHash } from '../../ui/format.ts';
import { useShortcuts } from '../../ui/keyboard.ts';
import { SkeletonRows } from '../../ui/skeleton/Skeleton.tsx';
import { hintText, visibleText } from '../../ui/visible-text.ts';
import { goneSteps, goneWhich } from '../ledger/statement/gone-words.ts';
import { typeWord } from '../ledger/statement/type-words.ts';
import { linkState, type LinkState } from './link-state.ts';
import './chain.css';

type Props = {
  readonly source: string;
  /** the entry in the middle */
  readonly seq: number;
  readonly broken: number | null;
  /** the chain by the last check; nothing where that does not count any more */
  readonly stretches: readonly ChainStretch[];
  /** what stood in gaps */
  readonly gaps: readonly GoneRow[];
  readonly last: number;
  readonly onSeq: (seq: number) => void;
};

/** Links drawn on either side. */
const REACH = 5;

/** The chain around an entry as links, oldest first: what each names, what its content hashes to, and where it parts. */
export function ChainWalk({ source, seq, broken, stretches, gaps, last, onSeq }: Props) {
  const { value, error } = useAnswer(source, `chain ${seq}`, () =>
    api.ledger.chain({ source, seq, reach: REACH }),
  );
  const list = useRef<HTMLOListElement>(null);
  const links = value ?? [];
  const tail = (links.at(-1)?.seq === last && gaps.find(({ from }) => from > last)) || null;
  const at = links.findIndex((link) => link.seq >= seq);
  const go = (by: number) => {
    const next = links[Math.max(0, Math.min(links.length - 1, (at < 0 ? links.length : at) + by))];
    if (next === undefined || next.seq === seq) return;
    onSeq(next.seq);
    announce(linkWords(next, linkState(next, stretches)));
  };
  useShortcuts({ name: 'proof-chain', label: 'Chain' }, [
    { keys: 'ArrowDown', label: 'Next link', run: () => go(1) },
    { keys: 'ArrowUp', label: 'Link before', run: () => go(-1) },
    { keys: 'PageDown', label: 'Five links on', hidden: true, run: () => go(REACH) },
    { keys: 'PageUp', label: 'Five links back', hidden: true, run: () => go(-REACH) },
    { keys: 'Enter', label: 'Show the entry of the link', run: () => showEntry(source, seq) },
  ]);
  return (
    <section className="pf-part" aria-labelledby="pf-chain">
      <header className="pf-chain-head">
        <h3 id="pf-chain">The chain</h3>
        {broken !== null && (
          <Button look="link" size="small" onClick={() => onSeq(broken)}>
            To the break
          </Button>
        )}
        <IconButton size="small" icon={ChevronUp} label="Link before" onClick={() => go(-1)} />
        <IconButton size="small" icon={ChevronDown} label="Next link" onClick={() => go(1)} />
        <GoTo last={last} onSeq={onSeq} />
      </header>
      {error !== null && (
        <p className="in-bad">
          {error.message} {error.hint}
        </p>
      )}
      {value === null && error === null && <SkeletonRows rows={6} label="Reading the chain" />}
      {value !== null && links.length === 0 && <p className="pf-muted">There are no entries.</p>}
      {links.length > 0 && (
        <ol
          ref={list}
          className="pf-chain"
          tabIndex={0}
          data-key-scope="proof-chain"
          aria-label="Links of the chain, oldest first. Up and down walk along it."
        >
          {links.map((link, index) => (
            <Link
              key={link.seq}
              link={link}
              here={index === at}
              first={index === 0}
              state={linkState(link, stretches)}
              gone={gaps.find(({ from, to }) => from <= to && to === link.seq - 1) ?? null}
              onSeq={onSeq}
            />
          ))}
          {tail !== null && <Gap words={goneWhich(tail)} gone={tail} />}
        </ol>
      )}
    </section>
  );
}

function GoTo({ last, onSeq }: { readonly last: number; readonly onSeq: (seq: number) => void }) {
  const [text, setText] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const wanted = Number(text.replaceAll(/[^\d]/g, ''));
    if (text !== '' && wanted > 0) onSeq(Math.min(wanted, Math.max(1, last)));
    setText('');
  };
  return (
    <form className="pf-goto" onSubmit={submit}>
      <TextField
        label="Go to entry"
        hideLabel
        placeholder="Entry"
        inputMode="numeric"
        value={text}
        onChange={setText}
      />
    </form>
  );
}

type LinkProps = {
  readonly link: ChainLink;
  readonly here: boolean;
  readonly first: boolean;
  readonly state: LinkState;
  /** what is missing before it, as far as a check knows */
  readonly gone: GoneRow | null;
  readonly onSeq: (seq: number) => void;
};

function Link({ link, here, first, state, gone, onSeq }: LinkProps) {
  const { seq, type, storedPrev, storedHash, recomputedHash, fits, linked, missingBefore } = link;
  const item = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (here && item.current !== null) scrollInto(item.current);
  }, [here]);
  return (
    <>
      {missingBefore > 0 && (
        <Gap
          words={goneWhich({ from: seq - missingBefore, to: seq - 1, count: missingBefore })}
          gone={gone}
        />
      )}
      <li
        ref={item}
        className={`pf-link pf-link-${state} ${linked || first ? '' : 'pf-link-cut'} ${here ? 'pf-link-here' : ''}`}
        aria-current={here}
      >
        <span className="pf-link-mark" aria-hidden>
          {state === 'bad' && <X size={12} strokeWidth={2.4} />}
        </span>
        <button type="button" className="pf-link-body" tabIndex={-1} onClick={() => onSeq(seq)}>
          <span className="pf-link-top">
            <strong>{formatCount(seq)}</strong>
            <span className="truncate" title={hintText(type)}>
              {typeWord(type)}
            </span>
            <span className="pf-mono" title={storedHash}>
              {shortText(storedHash)}
            </span>
          </span>
          {!linked && (
            <span className={`pf-link-why ${state === 'bad' ? '' : 'pf-link-calm'}`}>
              names <Mono hash={storedPrev} /> as its predecessor
              {state === 'bad' ? '; the entry before it has another hash' : ', which is not there any more'}
            </span>
          )}
          {!fits && (
            <span className={`pf-link-why ${state === 'bad' ? '' : 'pf-link-calm'}`}>
              its content hashes to <Mono hash={recomputedHash} />
            </span>
          )}
        </button>
      </li>
    </>
  );
}

/** Entries that are not there: which, and what they were. */
function Gap({ words, gone }: { readonly words: string; readonly gone: GoneRow | null }) {
  const steps = gone === null ? [] : goneSteps(gone);
  return (
    <li className="pf-gap">
      <X size={14} strokeWidth={2.2} aria-hidden />
      <span>
        {words}
        {steps.length > 0 && <span className="pf-gap-what">{steps.join('; ')}</span>}
      </span>
    </li>
  );
}

/** Brings a link into sight within its list. The view around it stays where the reader has it. */
function scrollInto(item: HTMLElement): void {
  const list = item.parentElement;
  if (list === null) return;
  const above = item.getBoundingClientRect().top - list.getBoundingClientRect().top;
  const below = above + item.offsetHeight - list.clientHeight;
  if (above < 0) list.scrollTop += above;
  else if (below > 0) list.scrollTop += below;
}

const Mono = ({ hash }: { readonly hash: string }) => (
  <span className="pf-mono" title={hash}>
    {shortText(hash)}
  </span>
);

const shortText = (hash: string): string =>
  visibleText(/^[0-9a-f]{64}$/.test(hash) ? shortHash(hash) : hash.slice(0, 16));

/** A link in words, for screen readers. */
export function linkWords({ seq, type, fits, linked }: ChainLink, is: LinkState): string {
  const state =
    is === 'anew'
      ? 'fits, which proves nothing'
      : fits && (linked || is !== 'bad')
        ? 'fits'
        : !fits && !linked
          ? 'does not fit, and follows another hash'
          : fits
            ? 'names another hash than that of the entry before it'
            : 'does not fit its content';
  return `Entry ${formatCount(seq)}, ${typeWord(type)}, ${state}.`;
}
