import { useMemo, useRef, useState, type ReactNode } from 'react';
import type { Content, NodeDetail } from '../../../../contract/vek.ts';
import { Button } from '../../../ui/button/Button.tsx';
import { formatBytes, shortHash } from '../../../ui/format.ts';
import { CodeView } from '../../node/CodeView.tsx';
import { NoContent } from '../../node/NoContent.tsx';
import { useWrap } from '../../node/wrap.ts';
import { ColumnHead } from './ColumnHead.tsx';
import type { Side } from './use-side.ts';

type WholeProps = {
  readonly source: string;
  readonly content: Content;
  readonly words: ReactNode;
  readonly label: string;
};

/** One content that both have, or that only one has. */
export function Whole({ source, content, words, label }: WholeProps) {
  const panel = useRef<HTMLDivElement>(null);
  const [, setHeight] = useState(0);
  const wrap = useWrap();
  const code = useMemo(
    () => ({
      key: `${content.hash}-${content.form}-${content.text.length}`,
      text: content.text,
      json: content.form === 'json',
    }),
    [content],
  );
  const text = content.form === 'json' || content.form === 'text' || content.form === 'hex';
  return (
    <div ref={panel} className="cc-whole" tabIndex={-1}>
      <p className="cc-note">{words}</p>
      {text ? (
        <CodeView
          code={code}
          place="compare-whole"
          label={`${label}, read only`}
          wrap={wrap && content.form !== 'hex'}
          panel={panel}
          onHeight={setHeight}
        />
      ) : (
        <NoContent source={source} content={content} />
      )}
      {content.cut && (
        <p className="cc-note">
          This is the beginning of {formatBytes(content.bytes)}; all of it is in the view of the call.
        </p>
      )}
    </div>
  );
}

/** One of two contents of which the other can't be read. */
export function One({
  source,
  call,
  content,
}: {
  readonly source: string;
  readonly call: NodeDetail;
  readonly content: Content;
}) {
  return (
    <section className="cc-one-of" aria-label={`Call ${shortHash(call.record.hash)}`}>
      <Whole
        source={source}
        content={content}
        words={<ColumnHead call={call} />}
        label={`Content of call ${shortHash(call.record.hash)}`}
      />
    </section>
  );
}

/** In place of two contents that are large together: how large, and the way to compare them. */
export function Large({
  what,
  bytes,
  side,
}: {
  readonly what: string;
  readonly bytes: number;
  readonly side: Side;
}) {
  const { error, busy, anyway } = side;
  return (
    <div className="cc-large">
      <p>
        <b>Larger than is compared at once.</b> The two {what}s have {formatBytes(bytes)} together. Comparing
        them may take some seconds and much memory.
      </p>
      <Button size="small" disabled={busy} onClick={anyway}>
        {busy ? 'Reading…' : 'Compare anyway'}
      </Button>
      {error !== null && (
        <p className="cc-bad">
          {error.message} {error.hint}
        </p>
      )}
    </div>
  );
}
