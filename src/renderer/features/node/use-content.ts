import { useRef, useState } from 'react';
import type { Failure } from '../../../contract/failure.ts';
import type { Content } from '../../../contract/vek.ts';
import { attempt } from '../../app/client.ts';
import { api } from '../../app/engine.ts';

/** The largest text that the contract gives. */
const MAX_TEXT_BYTES = 256 * 1024 * 1024;
/** A pretty text is at most this many times as large as its bytes, for all but hostile nesting. */
const PRETTY_FACTOR = 6;

export type WholeContent = {
  readonly content: Content;
  readonly state: 'part' | 'reading' | 'whole';
  readonly error: Failure | null;
  readonly showAll: () => void;
};

/** The content as it came with the call, or all of it once the person asked for that. */
export function useWholeContent(source: string, first: Content): WholeContent {
  const [whole, setWhole] = useState<Content | null>(null);
  /** the content that is wanted whole: an answer about another one comes too late */
  const wanted = useRef<string | null>(null);
  const [reading, setReading] = useState<string | null>(null);
  const [error, setError] = useState<{ readonly hash: string; readonly failure: Failure } | null>(null);
  const mine = whole !== null && whole.hash === first.hash && first.cut ? whole : null;
  const showAll = async () => {
    wanted.current = first.hash;
    setReading(first.hash);
    const limitBytes = Math.min(MAX_TEXT_BYTES, first.bytes * PRETTY_FACTOR + 65_536);
    const answer = await attempt(api.vek.content({ source, hash: first.hash, limitBytes }));
    if (wanted.current !== first.hash) return;
    setReading(null);
    if (answer.ok) setWhole(answer.value);
    setError(answer.ok ? null : { hash: first.hash, failure: answer.error });
  };
  return {
    content: mine ?? first,
    state: reading === first.hash ? 'reading' : mine === null ? 'part' : 'whole',
    error: error?.hash === first.hash ? error.failure : null,
    showAll: () => void showAll(),
  };
}
