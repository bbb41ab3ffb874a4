import { useEffect, useRef, useState } from 'react';
import type { FileEdit } from '../../../contract/edits.ts';
import type { Failure } from '../../../contract/failure.ts';
import { attempt } from '../../app/client.ts';
import { api } from '../../app/engine.ts';
import type { NewFileForm } from '../../state/new-file-form.ts';

/** How long typing rests before the preview follows, in ms. */
const REST_MS = 150;

/** The files that the answers make; `edits` null while they make none, and then why. */
export type Made = {
  readonly edits: readonly FileEdit[] | null;
  readonly error: Failure | null;
  /** it belongs to the answers as they are now */
  readonly fresh: boolean;
};

/** Asks what a template makes of the answers. Dates are those of today. Nothing is written. */
export function useMade(
  { source, agent }: Pick<NewFileForm, 'source' | 'agent'>,
  template: string,
  values: Readonly<Record<string, string>>,
): Made {
  const key = JSON.stringify([source, agent, template, values]);
  const [known, setKnown] = useState<{ readonly key: string } & Omit<Made, 'fresh'>>({
    key: '',
    edits: null,
    error: null,
  });
  const first = useRef(true);
  useEffect(() => {
    let current = true;
    const ask = async () => {
      const made = await attempt(api.edits.fromTemplate({ source, today: null, agent, template, values }));
      if (!current) return;
      setKnown({ key, edits: made.ok ? made.value : null, error: made.ok ? null : made.error });
    };
    const timer = window.setTimeout(() => void ask(), first.current ? 0 : REST_MS);
    first.current = false;
    return () => {
      current = false;
      window.clearTimeout(timer);
    };
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the key holds all of them
  }, [key]);
  return { edits: known.edits, error: known.error, fresh: known.key === key };
}
