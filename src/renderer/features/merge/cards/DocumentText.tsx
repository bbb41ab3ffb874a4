import { useEffect, useMemo, useState } from 'react';
import type { Failure } from '../../../../contract/failure.ts';
import type { DocumentDecision, MergeDocument, MergeTexts } from '../../../../contract/merge.ts';
import { diffText } from '../../../../core/json/text-diff.ts';
import { Skeleton, useSlow } from '../../../ui/skeleton/Skeleton.tsx';
import { TextChange } from '../../node/changes/TextChange.tsx';
import '../../node/changes/changes.css';
import { said } from '../names.ts';
import { textsOf } from '../state/kinds.ts';
import { useScene } from '../state/scene.ts';

/** Bytes of each text that are read at first; more only when a person asks. */
const LIMITS = [128 * 1024, 16 * 1024 * 1024] as const;

type Props = {
  readonly document: MergeDocument;
  readonly decision: DocumentDecision;
  /** nobody has decided about it yet */
  readonly open: boolean;
};

type Answer = { readonly of: string; readonly texts: MergeTexts | null; readonly error: Failure | null };

/** What the result of a document is as a text, and how it differs from base. For documents that have no parts. */
export function DocumentText({ document, decision, open }: Props) {
  const { source, loaded, names } = useScene();
  const { merge } = loaded;
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [limit, setLimit] = useState<number>(LIMITS[0]);
  const asked = JSON.stringify(decision);
  const of = `${merge} ${asked} ${limit}`;
  useEffect(() => {
    const controller = new AbortController();
    const ask = async () => {
      const made = await textsOf(
        names,
        { source, merge, decision: JSON.parse(asked) as DocumentDecision, limitBytes: limit },
        controller.signal,
      );
      if (controller.signal.aborted) return;
      setAnswer(made.ok ? { of, texts: made.value, error: null } : { of, texts: null, error: made.error });
    };
    void ask();
    return () => controller.abort();
  }, [source, merge, asked, limit, of, names]);
  if (answer === null) return <Waiting />;
  const { texts, error } = answer;
  if (texts === null)
    return (
      <p className="mg-text-note">
        {error?.message} {error?.hint}
      </p>
    );
  const cut = texts.result.cut || texts.base?.cut === true;
  return (
    <div className="mg-text" aria-busy={answer.of !== of}>
      <Change texts={texts} fresh={document.base === null && texts.base === null} open={open} />
      {cut && (
        <p className="mg-text-note">
          Only the beginning is compared.{' '}
          {limit === LIMITS[0] && (
            <button type="button" className="mg-link" onClick={() => setLimit(LIMITS[1])}>
              Compare more
            </button>
          )}
        </p>
      )}
    </div>
  );
}

type ChangeProps = { readonly texts: MergeTexts; readonly fresh: boolean; readonly open: boolean };

/** What the result is beside base; while it is open, what one branch has beside the other. */
function Change({ texts, fresh, open }: ChangeProps) {
  const { names } = useScene();
  const [ours, theirs] = [said(names.ours), said(names.theirs)];
  const base = names.files === true ? 'what it was when you began' : 'base';
  // of a file that one side removed, what the other made of it says more than that all of it is gone
  const left = names.files === true && open ? leftBy(texts) : null;
  const old = (left !== null || !open ? texts.base?.text : texts.ours?.text) ?? '';
  const now = (left !== null ? texts[left]?.text : open ? texts.theirs?.text : texts.result.text) ?? '';
  const hunks = useMemo(() => diffText(old, now), [old, now]);
  if (hunks.length === 0)
    return (
      <p className="mg-text-note">
        {open
          ? `${ours} and ${theirs} have the same.`
          : names.files === true
            ? 'The result is as it was when you began.'
            : 'The result is as it was at base.'}
      </p>
    );
  const title =
    left !== null
      ? `${names[left].name}, beside ${base}`
      : open
        ? `${theirs}, beside ${ours}${texts.ours === null ? ', which does not have it' : ''}`
        : fresh
          ? names.files === true
            ? 'The result, a new file'
            : 'The result, which base does not have'
          : `The result beside ${base}`;
  return (
    <>
      <p className="mg-text-note">{title}</p>
      <TextChange old={old} now={now} hunks={hunks} columns={false} />
    </>
  );
}

function Waiting() {
  const slow = useSlow();
  return (
    <div className="mg-text mg-text-waiting">
      {slow && (
        <>
          <Skeleton width="44%" />
          <Skeleton width="62%" />
          <Skeleton width="51%" />
        </>
      )}
    </div>
  );
}

/** The side that still has a file which the other removed; null where both have it. */
function leftBy({ ours, theirs }: MergeTexts): 'ours' | 'theirs' | null {
  if (ours === null) return theirs === null ? null : 'theirs';
  return theirs === null ? 'ours' : null;
}
