import type { Content, NodeDetail } from '../../../../contract/vek.ts';
import { shortHash } from '../../../ui/format.ts';
import { useWrap } from '../../node/wrap.ts';
import { Large, One, Whole } from './Apart.tsx';
import { ChangeList } from './ChangeList.tsx';
import { ColumnHead } from './ColumnHead.tsx';
import { DiffPane, type Reveal } from './DiffPane.tsx';
import type { Side } from './use-side.ts';
import type { Steps } from './use-steps.ts';

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
