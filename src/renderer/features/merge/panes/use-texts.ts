import { useEffect, useRef, useState } from 'react';
import type { Failure } from '../../../../contract/failure.ts';
import type { DocumentDecision, MergeTexts } from '../../../../contract/merge.ts';
import type { Names } from '../names.ts';
import { textsOf } from '../state/kinds.ts';

/** Bytes of each text that are shown unasked, and the most that the contract gives. */
const UNASKED_BYTES = 2 * 1024 * 1024;
const MAX_BYTES = 256 * 1024 * 1024;
/** How long choices rest before the texts are asked for again, in ms. */
const SETTLE_MS = 60;

export type Texts = {
  /** of the last answer, which may be of the decision before */
  readonly texts: MergeTexts | null;
  readonly error: Failure | null;
  /** what is shown is not yet what was decided */
  readonly busy: boolean;
  /** only the beginning of a text is here */
  readonly cut: boolean;
  readonly showAll: () => void;
  readonly retry: () => void;
};

type Answer = { readonly of: string; readonly texts: MergeTexts | null; readonly error: Failure | null };

/** The four texts of a document by what was decided about it; the last question's answer wins. */
export function useTexts(names: Names, source: string, merge: string, decision: DocumentDecision): Texts {
  const about = `${source} ${merge} ${decision.document}`;
  const decided = JSON.stringify(decision);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [all, setAll] = useState<string | null>(null);
  const [settled, setSettled] = useState<string | null>(null);
  const [round, setRound] = useState(0);
  const first = useRef(true);
  const limitBytes = all === about ? MAX_BYTES : UNASKED_BYTES;
  const question = `${about} ${decided} ${limitBytes} ${round}`;

  useEffect(() => {
    const controller = new AbortController();
    const ask = async () => {
      const asked = JSON.parse(decided) as DocumentDecision;
      const given = await textsOf(names, { source, merge, decision: asked, limitBytes }, controller.signal);
      if (controller.signal.aborted) return;
      setSettled(question);
      setAnswer((before) => ({
        of: about,
        texts: given.ok ? given.value : before?.of === about ? before.texts : null,
        error: given.ok ? null : given.error,
      }));
    };
    const timer = window.setTimeout(() => void ask(), first.current ? 0 : SETTLE_MS);
    first.current = false;
    return () => {
      window.clearTimeout(timer);
      controller.abort();
    };
  }, [names, source, merge, about, decided, limitBytes, question]);

  const mine = answer?.of === about ? answer : null;
  const texts = mine?.texts ?? null;
  const cut =
    texts !== null && [texts.base, texts.ours, texts.theirs, texts.result].some((text) => text?.cut === true);
  return {
    texts,
    error: mine?.error ?? null,
    busy: settled !== question,
    cut,
    showAll: () => setAll(about),
    retry: () => setRound((before) => before + 1),
  };
}
