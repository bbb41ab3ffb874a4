import { useMemo, useState } from 'react';
import type { Failure } from '../../../../contract/failure.ts';
import type { Content } from '../../../../contract/vek.ts';
import { attempt } from '../../../app/client.ts';
import { api } from '../../../app/engine.ts';
import type { Code } from '../../node/code/editor.ts';
import { compareBy, type SideState } from '../../node/changes/compare-contents.ts';
import { changesBetween, type Change } from './changes.ts';
import { codesOf } from './code-of.ts';

/** The largest text that the contract gives, and how much larger than its bytes a pretty text gets. */
const MAX_TEXT_BYTES = 256 * 1024 * 1024;
const PRETTY_FACTOR = 6;

/** Input or output of two calls, compared. */
export type Side = {
  readonly old: Content;
  readonly now: Content;
  readonly compared: SideState<Change>;
  readonly changes: readonly Change[];
  readonly codes: { readonly old: Code; readonly now: Code };
  /** why reading all of a large content failed */
  readonly error: Failure | null;
  readonly busy: boolean;
  readonly anyway: () => void;
};

type Whole = { readonly of: string; readonly old: Content; readonly now: Content };

/** Compares two contents; large ones when the person says so. Contents that are read again stay the same objects. */
export function useSide(source: string, first: Content, second: Content): Side {
  const [a, b] = [useStable(first), useStable(second)];
  const pair = `${keyOf(a)} ${keyOf(b)}`;
  const [whole, setWhole] = useState<Whole | null>(null);
  const [asked, setAsked] = useState<string | null>(null);
  const [error, setError] = useState<{ readonly of: string; readonly failure: Failure } | null>(null);
  const mine = whole?.of === pair ? whole : null;
  const seen = useMemo(() => {
    const [old, now] = mine === null ? [a, b] : [mine.old, mine.now];
    const compared = compareBy(old, now, mine !== null, changesBetween);
    const changes = compared.state === 'changed' ? compared.edits : [];
    return { old, now, compared, changes, codes: codesOf(old, now) };
  }, [a, b, mine]);
  const read = async () => {
    setAsked(pair);
    setError(null);
    const [old, now] = await Promise.all([wholeOf(source, a), wholeOf(source, b)]);
    setAsked(null);
    if (!old.ok) setError({ of: pair, failure: old.error });
    else if (!now.ok) setError({ of: pair, failure: now.error });
    else setWhole({ of: pair, old: old.value, now: now.value });
  };
  return {
    ...seen,
    error: error?.of === pair ? error.failure : null,
    busy: asked === pair,
    anyway: () => void read(),
  };
}

const keyOf = ({ hash, form, text, cut }: Content): string => `${hash}-${form}-${text.length}-${cut}`;

function useStable(content: Content): Content {
  const [stable, setStable] = useState(content);
  if (stable === content) return stable;
  if (keyOf(stable) === keyOf(content)) return stable;
  setStable(content);
  return content;
}

async function wholeOf(source: string, content: Content) {
  if (!content.cut) return { ok: true, value: content } as const;
  const limitBytes = Math.min(MAX_TEXT_BYTES, content.bytes * PRETTY_FACTOR + 65_536);
  return attempt(api.vek.content({ source, hash: content.hash, limitBytes }));
}
