import { useEffect, useMemo, useRef, useState } from 'react';
import type { Draft, DraftFile } from '../../../contract/drafts.ts';
import type { FileEdit } from '../../../contract/edits.ts';
import type { Failure } from '../../../contract/failure.ts';
import { attempt } from '../../app/client.ts';
import { api } from '../../app/engine.ts';
import { onSourceChanged } from '../../state/workspace.ts';

/** How long typing rests before the runtime's view of it is asked for, in ms. */
const REST_MS = 150;

export type Checks = {
  /** what the runtime would make of the text; that of an earlier text while `stale` */
  readonly file: DraftFile | null;
  readonly prompts: Draft['prompts'];
  readonly caps: Draft['caps'];
  readonly error: Failure | null;
  readonly stale: boolean;
};

type Known = { readonly text: string | null; readonly draft: Draft | null; readonly error: Failure | null };

/** What the runtime would make of a text that is being written, with the other edits of its set. */
export function useChecks(
  source: string,
  today: string | null,
  edit: FileEdit,
  others: readonly FileEdit[],
): Checks {
  const [known, setKnown] = useState<Known>({ text: null, draft: null, error: null });
  const question = useRef(0);
  const first = useRef(true);
  const { path, base, text } = edit;
  const edits = useMemo(
    () => [{ path, base, text }, ...others.filter((other) => other.path !== path)],
    [path, base, text, others],
  );
  useEffect(() => {
    const ask = async () => {
      question.current += 1;
      const mine = question.current;
      const answer = await attempt(api.edits.draft({ source, today, edits: [...edits] }));
      if (mine !== question.current) return;
      setKnown((before) =>
        answer.ok
          ? { text, draft: answer.value, error: null }
          : { text: before.text, draft: before.draft, error: answer.error },
      );
    };
    const timer = window.setTimeout(() => void ask(), first.current ? 0 : REST_MS);
    first.current = false;
    const end = onSourceChanged((changed) => {
      if (changed === source) void ask();
    });
    return () => {
      window.clearTimeout(timer);
      question.current += 1;
      end();
    };
  }, [source, today, edits, text]);
  return {
    file: known.draft?.files.find((file) => file.path === path) ?? null,
    prompts: known.draft?.prompts ?? [],
    caps: known.draft?.caps ?? [],
    error: known.error,
    stale: known.text !== text,
  };
}
