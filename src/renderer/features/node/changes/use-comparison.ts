import { useEffect, useMemo, useState } from 'react';
import type { Failure } from '../../../../contract/failure.ts';
import type { CallsBefore, Content, NodeDetail } from '../../../../contract/vek.ts';
import { attempt } from '../../../app/client.ts';
import { api } from '../../../app/engine.ts';
import { useCompare, type CompareWith, type MarkedCall } from '../../../state/compare.ts';
import { chosen } from './choice.ts';
import { compareContents, countChanges, type SideChanges } from './compare-contents.ts';

/** How long a call is shown before the one before it is read, so that running through rows asks for nothing. */
const SETTLE_MS = 180;
const MAX_TEXT_BYTES = 256 * 1024 * 1024;
const PRETTY_FACTOR = 6;

export type Comparison = {
  readonly before: CallsBefore | null;
  /** what is compared with now, and which of the choices that is */
  readonly other: NodeDetail | null;
  readonly choice: CompareWith | null;
  readonly marked: MarkedCall | null;
  readonly input: SideChanges | null;
  readonly output: SideChanges | null;
  /** changes in both; null while unknown, or where nothing is there to compare with */
  readonly count: number | null;
  readonly error: Failure | null;
  /** what is read or compared now */
  readonly busy: boolean;
  readonly compareAnyway: (side: 'input' | 'output') => void;
};

type Found<T> = { readonly of: string; readonly value: T };
type Whole = { readonly of: string; readonly old: Content; readonly now: Content };

/** Compares a call with one before it: on the same document, else of the same tool, else its parent, or as chosen. */
export function useComparison(source: string, detail: NodeDetail): Comparison {
  const { hash } = detail.record;
  const wanted = useCompare((state) => state.compareWith);
  const marked = useCompare((state) =>
    state.marked?.source === source && state.marked.hash !== hash ? state.marked : null,
  );
  const [before, setBefore] = useState<Found<CallsBefore> | null>(null);
  const [other, setOther] = useState<Found<NodeDetail> | null>(null);
  const [error, setError] = useState<Found<Failure> | null>(null);
  const [whole, setWhole] = useState<Readonly<Partial<Record<'input' | 'output', Whole>>>>({});
  const [asked, setAsked] = useState<string | null>(null);

  useEffect(() => {
    const controller = new AbortController();
    const ask = async () => {
      const answer = await attempt(api.vek.before({ source, hash }, { signal: controller.signal }));
      if (controller.signal.aborted) return;
      if (answer.ok) setBefore({ of: hash, value: answer.value });
      else setError({ of: hash, value: answer.error });
    };
    const timer = window.setTimeout(() => void ask(), SETTLE_MS);
    return () => {
      window.clearTimeout(timer);
      controller.abort();
    };
  }, [source, hash]);

  const known = before?.of === hash ? before.value : null;
  const { choice, target } = chosen(known, wanted, marked);
  const pair = target === null ? null : `${target}:${hash}`;

  useEffect(() => {
    if (target === null || pair === null) return undefined;
    const controller = new AbortController();
    const ask = async () => {
      const answer = await attempt(api.vek.node({ source, hash: target }, { signal: controller.signal }));
      if (controller.signal.aborted) return;
      if (answer.ok) setOther({ of: pair, value: answer.value });
      else setError({ of: pair, value: answer.error });
    };
    void ask();
    return () => controller.abort();
  }, [source, target, pair]);

  const there = pair !== null && other?.of === pair ? other.value : null;
  const input = useSide(there?.input ?? null, detail.input, pairOf(whole.input, pair, 'input'));
  const output = useSide(there?.output ?? null, detail.output, pairOf(whole.output, pair, 'output'));

  const compareAnyway = (side: 'input' | 'output') => {
    if (there === null || pair === null) return;
    const of = `${side}:${pair}`;
    setAsked(of);
    const read = async () => {
      const [old, now] = await Promise.all([wholeOf(source, there[side]), wholeOf(source, detail[side])]);
      setAsked(null);
      setWhole((all) => ({ ...all, [side]: { of, old, now } }));
    };
    void read();
  };

  const failure = error !== null && (error.of === hash || error.of === pair) ? error.value : null;
  return {
    before: known,
    other: there,
    choice,
    marked,
    input,
    output,
    count: input === null || output === null ? null : countChanges([input, output]),
    error: failure,
    busy: failure === null && (known === null || (target !== null && there === null) || asked !== null),
    compareAnyway,
  };
}

function pairOf(whole: Whole | undefined, pair: string | null, side: string): Whole | null {
  return whole !== undefined && whole.of === `${side}:${pair}` ? whole : null;
}

function useSide(old: Content | null, now: Content, whole: Whole | null): SideChanges | null {
  return useMemo(() => {
    if (old === null) return null;
    return whole === null ? compareContents(old, now, false) : compareContents(whole.old, whole.now, true);
  }, [old, now, whole]);
}

async function wholeOf(source: string, content: Content): Promise<Content> {
  if (!content.cut) return content;
  const limitBytes = Math.min(MAX_TEXT_BYTES, content.bytes * PRETTY_FACTOR + 65_536);
  const answer = await attempt(api.vek.content({ source, hash: content.hash, limitBytes }));
  return answer.ok ? answer.value : content;
}
