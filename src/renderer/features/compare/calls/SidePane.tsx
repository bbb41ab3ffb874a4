import { useMemo, useRef, useState, type ReactNode } from 'react';
import type { Content, NodeDetail } from '../../../../contract/vek.ts';
import { LaneBar } from '../../../ui/badge/Badge.tsx';
import { Button } from '../../../ui/button/Button.tsx';
import { formatBytes, shortHash } from '../../../ui/format.ts';
import { MiddleText } from '../../../ui/middle/MiddleText.tsx';
import { CodeView } from '../../node/CodeView.tsx';
import { NoContent } from '../../node/NoContent.tsx';
import { useWrap } from '../../node/wrap.ts';
import { ChangeList } from './ChangeList.tsx';
import { DiffPane, type Reveal } from './DiffPane.tsx';
import type { Steps } from './use-steps.ts';
import type { Side } from './use-side.ts';

/** Characters of both texts together that are drawn side by side; beyond, the list of changes stands alone. */
const DRAWN_CHARS = 40_000_000;

type Props = {
  readonly source: string;
  readonly what: 'input' | 'output';
  readonly a: NodeDetail;
  readonly b: NodeDetail;
  readonly side: Side;
  readonly steps: Steps;
  readonly columns: boolean;
  readonly reveal: Reveal | null;
  readonly onLeave: () => void;
};

/** Input or output of the two calls: what differs as a list, and both texts. */
export function SidePane(props: Props) {
  const { source, what, a, b, side } = props;
  const { compared, old, now } = side;
  switch (compared.state) {
    case 'same':
      return (
        <Whole
          source={source}
          content={old}
          words={
            <>
              Equal, byte for byte: the {what} of both calls is object{' '}
              <span className="hash" title={old.hash}>
                {shortHash(old.hash)}
              </span>
              .
            </>
          }
          label={`${what} of both calls`}
        />
      );
    case 'large':
      return <Large what={what} bytes={compared.bytes} side={side} />;
    case 'impossible':
      if (hasText(old) && hasText(now)) return <Texts {...props} note={compared.why} />;
      return (
        <div className="cc-apart">
          <One source={source} call={a} content={old} />
          <One source={source} call={b} content={now} />
        </div>
      );
    case 'rewritten':
      return <Texts {...props} note="Other bytes with the same values: they are written differently." />;
    case 'changed':
      return <Texts {...props} note={null} />;
  }
}

const hasText = ({ form, cut }: Content): boolean =>
  !cut && (form === 'json' || form === 'text' || form === 'hex' || form === 'empty');

type WholeProps = {
  readonly source: string;
  readonly content: Content;
  readonly words: ReactNode;
  readonly label: string;
};

/** One content that both have, or that only one has. */
function Whole({ source, content, words, label }: WholeProps) {
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
function One({
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

function Large({
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

function Texts({
  what,
  a,
  b,
  side,
  steps,
  columns,
  reveal,
  onLeave,
  note,
}: Props & { readonly note: string | null }) {
  const wrap = useWrap();
  const { old, now, changes, codes } = side;
  const hex = old.form === 'hex' || now.form === 'hex';
  const notes = [
    ...(note === null ? [] : [note]),
    ...[old, now].flatMap((content, at) =>
      content.notes.map((text) => `${shortHash([a, b][at]!.record.hash)}: ${text}`),
    ),
  ];
  const drawn = codes.old.text.length + codes.now.text.length <= DRAWN_CHARS;
  return (
    <>
      {notes.length > 0 && (
        <ul className="cc-notes">
          {notes.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      )}
      <div className={`cc-body ${changes.length > 0 ? 'cc-with-list' : ''}`}>
        {changes.length > 0 && (
          <ChangeList
            changes={changes}
            shown={steps.shown}
            at={steps.at}
            onGo={steps.go}
            onEnter={steps.enter}
            onMore={steps.more}
          />
        )}
        {drawn ? (
          <DiffPane
            old={codes.old}
            now={codes.now}
            columns={columns}
            wrap={wrap && !hex}
            labels={{
              old: `${what} of the first call, read only`,
              now: `${what} of the second call, read only`,
            }}
            heads={{ old: <ColumnHead call={a} sign="−" />, now: <ColumnHead call={b} sign="+" /> }}
            reveal={reveal}
            onLeave={onLeave}
            onStep={steps.step}
          />
        ) : (
          <p className="cc-large">
            Too large to be drawn side by side: what differs is in the list, and each text in the view of its
            call.
          </p>
        )}
      </div>
    </>
  );
}

/** Whose text stands below: branch and hash; `sign` is what its own lines begin with. */
function ColumnHead({ call, sign }: { readonly call: NodeDetail; readonly sign?: string }) {
  const { branch, record } = call;
  return (
    <span className="cc-column-head">
      {sign !== undefined && (
        <span className="cc-sign mono" aria-hidden>
          {sign}
        </span>
      )}
      {branch !== null && (
        <span className="cc-branch">
          <LaneBar colour={branch.colour} />
          <MiddleText text={branch.name} />
        </span>
      )}
      <span className="hash" title={record.hash}>
        {shortHash(record.hash)}
      </span>
    </span>
  );
}
