import { useEffect, useRef, useState } from 'react';
import type { Failure, Result } from '../../contract/failure.ts';
import { onSourceChanged } from '../state/workspace.ts';
import { attempt } from './client.ts';

/** What the engine answered last. `value` stays while a newer answer is awaited, and when that fails. */
export type Answer<T> = {
  readonly value: T | null;
  readonly error: Failure | null;
  /** the answer belongs to an earlier question, or none has come yet */
  readonly stale: boolean;
  readonly again: () => void;
};

type Known<T> = { readonly key: string; readonly value: T | null; readonly error: Failure | null };

/**
 * Asks the engine about a source, again when `key` changes and when the source changed on disk. `keep`: the answer to
 * another key stays on screen until the new one is there.
 */
export function useAnswer<T>(
  source: string,
  key: string,
  ask: () => Promise<Result<T>>,
  { keep = true }: { readonly keep?: boolean } = {},
): Answer<T> {
  const whole = `${source}\n${key}`;
  const [known, setKnown] = useState<Known<T>>({ key: '', value: null, error: null });
  const asking = useRef(ask);
  const question = useRef(0);
  useEffect(() => {
    asking.current = ask;
  });
  const again = useRef(async (_of: string): Promise<void> => undefined);
  useEffect(() => {
    again.current = async (of) => {
      question.current += 1;
      const mine = question.current;
      const answer = await attempt(asking.current());
      if (mine !== question.current) return;
      setKnown((before) => {
        if (answer.ok) return { key: of, value: answer.value, error: null };
        return { key: of, value: before.key === of || keep ? before.value : null, error: answer.error };
      });
    };
  }, [keep]);
  useEffect(() => {
    void again.current(whole);
    const end = onSourceChanged((changed) => {
      if (changed === source) void again.current(whole);
    });
    return () => {
      question.current += 1;
      end();
    };
  }, [source, whole]);
  const stale = known.key !== whole;
  return {
    value: stale && !keep ? null : known.value,
    error: stale ? null : known.error,
    stale,
    again: () => void again.current(whole),
  };
}
