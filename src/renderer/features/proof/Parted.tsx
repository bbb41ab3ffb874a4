import type { CopyEntry, LedgerCopy, TwoCopies } from '../../../contract/ledger-detail.ts';
import { Badge } from '../../ui/badge/Badge.tsx';
import { formatCount, formatCounted, shortHash } from '../../ui/format.ts';
import { hintText, visibleText } from '../../ui/visible-text.ts';
import { Told } from '../ledger/Told.tsx';
import { differingFields } from './copy-fields.ts';

const TONE = {
  same: 'ok',
  'a-is-older': 'neutral',
  'b-is-older': 'neutral',
  parted: 'bad',
  other: 'warn',
} as const;

const WORD: Readonly<Record<TwoCopies['verdict'], string>> = {
  same: 'the same',
  'a-is-older': 'this copy is older',
  'b-is-older': 'the other copy is older',
  parted: 'they part',
  other: 'not the same ledger',
};

/** How far two copies are the same, and what each says where they part. Both are called by their files. */
export function Parted({ value }: { readonly value: TwoCopies }) {
  const { a, b, common, verdict, text, lastCommon, firstA, firstB, differences, moreDifferences } = value;
  const at = verdict === 'parted' ? (firstA[0]?.seq ?? firstB[0]?.seq) : undefined;
  return (
    <div className="pf-parted">
      <p>
        <Badge tone={TONE[verdict]}>
          {at === undefined ? WORD[verdict] : `differ at entry ${formatCount(at)}`}
        </Badge>{' '}
        <Told text={text} />
      </p>
      <dl className="pf-facts">
        <Copy title="This copy" copy={a} />
        <Copy title="The other" copy={b} />
      </dl>
      <p className="pf-common">
        {formatCounted(common, 'entry', 'entries')} in common
        {lastCommon !== null && (
          <>
            , the last is <Entry entry={lastCommon} />
          </>
        )}
      </p>
      {(firstA.length > 0 || firstB.length > 0) && (
        <div className="pf-sides">
          <Side copy={a} ends={verdict === 'a-is-older'} entries={firstA} others={firstB} />
          <Side copy={b} ends={verdict === 'b-is-older'} entries={firstB} others={firstA} />
        </div>
      )}
      {differences.length > 0 && (
        <>
          <h4>Rows of other tables that differ</h4>
          <ul className="pf-list">
            {differences.map((line) => (
              <li key={line}>
                <span>{visibleText(line)}</span>
              </li>
            ))}
          </ul>
          {moreDifferences > 0 && <p className="pf-muted">And {formatCount(moreDifferences)} more.</p>}
        </>
      )}
    </div>
  );
}

/** The file of a copy, how long it is and when it ends. */
function Copy({ title, copy }: { readonly title: string; readonly copy: LedgerCopy }) {
  const { events, lastTs } = copy;
  return (
    <div>
      <dt>{title}</dt>
      <dd>
        <Name copy={copy} />, {formatCounted(events, 'entry', 'entries')}
        {lastTs !== null && (
          <>
            , the last of <Told text={lastTs} />
          </>
        )}
      </dd>
    </div>
  );
}

function Name({ copy: { name, path } }: { readonly copy: LedgerCopy }) {
  return (
    <bdi className="pf-copy-name" title={hintText(path)}>
      {visibleText(name)}
    </bdi>
  );
}

type SideProps = {
  readonly copy: LedgerCopy;
  /** all of it is common */
  readonly ends: boolean;
  readonly entries: readonly CopyEntry[];
  /** of the other copy */
  readonly others: readonly CopyEntry[];
};

function Side({ copy, ends, entries, others }: SideProps) {
  return (
    <div>
      <h4>
        <Name copy={copy} />
      </h4>
      {entries.length === 0 ? (
        <p className="pf-muted">
          {ends
            ? `Ends here, after ${formatCounted(copy.events, 'entry', 'entries')}.`
            : 'Has no entry of these numbers.'}
        </p>
      ) : (
        <ul>
          {entries.map((entry) => (
            <li key={entry.seq}>
              <Entry entry={entry} />
              <Fields own={entry} other={others.find(({ seq }) => seq === entry.seq) ?? null} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** What an entry says that the one of the same number in the other copy does not. */
function Fields({ own, other }: { readonly own: CopyEntry; readonly other: CopyEntry | null }) {
  const fields = other === null ? [] : differingFields(own, other);
  if (fields.length === 0) return null;
  return (
    <span className="pf-copy-fields">
      {fields.map((field) => (
        <span key={field}>{visibleText(field)}</span>
      ))}
    </span>
  );
}

function Entry({ entry }: { readonly entry: CopyEntry }) {
  return (
    <span className="pf-copy" title={visibleText(entry.payload.slice(0, 600))}>
      <strong>{formatCount(entry.seq)}</strong> {visibleText(entry.type).slice(0, 60)}{' '}
      <span className="pf-mono">{visibleText(shortHash(entry.hash))}</span>
    </span>
  );
}
