import { useEffect, useState } from 'react';
import type { Failure } from '../../../../contract/failure.ts';
import type { LineOrigin, MergeTexts } from '../../../../contract/merge.ts';
import { decisionOf } from '../../../../core/merge/session-decisions.ts';
import { Badge } from '../../../ui/badge/Badge.tsx';
import { Button } from '../../../ui/button/Button.tsx';
import { Dialog } from '../../../ui/dialog/Dialog.tsx';
import { formatCounted } from '../../../ui/format.ts';
import { Skeleton, useSlow } from '../../../ui/skeleton/Skeleton.tsx';
import { hintText } from '../../../ui/visible-text.ts';
import { said } from '../names.ts';
import { textsOf } from '../state/kinds.ts';
import { useScene } from '../state/scene.ts';
import { ResultText } from './ResultText.tsx';

/** Bytes of a result that are read for looking at it. */
const LIMIT = 2 * 1024 * 1024;

type Answer = { readonly of: number; readonly texts: MergeTexts | null; readonly error: Failure | null };

/** The result of one document after the other as it stands now, with where each line comes from. */
export function ResultDialog({ onClose }: { readonly onClose: () => void }) {
  const { source, loaded, names } = useScene();
  const { documents, session, at, merge } = loaded;
  const [index, setIndex] = useState(at.document);
  const [answer, setAnswer] = useState<Answer | null>(null);
  useEffect(() => {
    const controller = new AbortController();
    const ask = async () => {
      const decision = decisionOf(session, index);
      const made = await textsOf(names, { source, merge, decision, limitBytes: LIMIT }, controller.signal);
      if (controller.signal.aborted) return;
      setAnswer(
        made.ok
          ? { of: index, texts: made.value, error: null }
          : { of: index, texts: null, error: made.error },
      );
    };
    void ask();
    return () => controller.abort();
  }, [source, merge, session, index, names]);
  const step = (way: 1 | -1) => setIndex((index + way + documents.length) % documents.length);
  const document = documents[index]!;
  const here = answer?.of === index ? answer : null;
  return (
    <Dialog
      open
      width={648}
      onClose={onClose}
      title={`Result of ${hintText(document.title)}`}
      description={here?.texts === null || here === null ? document.tool : wordsOf(here.texts, document.tool)}
      actions={
        <>
          {documents.length > 1 && (
            <span className="mg-final-steps">
              <Button onClick={() => step(-1)}>Previous document</Button>
              <Button onClick={() => step(1)}>Next document</Button>
            </span>
          )}
          <Button look="primary" onClick={onClose}>
            Close
          </Button>
        </>
      }
    >
      {here === null ? (
        <Waiting />
      ) : here.texts === null ? (
        <p className="mg-text-note">
          {here.error?.message} {here.error?.hint}
        </p>
      ) : (
        <>
          <p className="mg-legend">
            {legendOf(here.texts.origins).map((origin) => (
              <span key={origin}>
                {origin !== 'base' && <OriginMark origin={origin} names={names} />}{' '}
                {originName(origin, names)}
              </span>
            ))}
            {here.texts.synthetic && <Badge>synthetic</Badge>}
          </p>
          <ResultText texts={here.texts} names={names} />
          {here.texts.result.cut && <p className="mg-text-note">Only the beginning stands here.</p>}
        </>
      )}
    </Dialog>
  );
}

const wordsOf = (texts: MergeTexts, tool: string): string =>
  texts.open === 0 ? tool : `${tool}, ${formatCounted(texts.open, 'place')} still open`;

function legendOf(origins: readonly LineOrigin[]): readonly LineOrigin[] {
  const order: readonly LineOrigin[] = ['open', 'ours', 'theirs', 'both', 'edit', 'base'];
  const found = new Set(origins);
  return order.filter((origin) => found.has(origin));
}

type MarkProps = { readonly origin: LineOrigin; readonly names: ReturnType<typeof useScene>['names'] };

/** The bar of a line of a result. */
function OriginMark({ origin, names }: MarkProps) {
  const colour = origin === 'ours' || origin === 'theirs' ? names[origin].colour : null;
  return (
    <span
      className={`mg-origin mg-origin-${origin}`}
      style={colour === null ? {} : { background: `var(--lane-${colour})` }}
      aria-hidden
    />
  );
}

function originName(origin: LineOrigin, names: MarkProps['names']): string {
  switch (origin) {
    case 'ours':
    case 'theirs':
      return said(names[origin]);
    case 'both':
      return 'both alike';
    case 'edit':
      return 'typed here';
    case 'open':
      return 'open';
    case 'base':
      return 'no mark: unchanged';
    default:
      return origin satisfies never;
  }
}

function Waiting() {
  const slow = useSlow();
  return <div className="mg-final-waiting">{slow && <Skeleton width="60%" />}</div>;
}
