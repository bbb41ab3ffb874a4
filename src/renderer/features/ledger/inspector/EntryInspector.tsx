import { ChevronDown, ChevronUp } from 'lucide-react';
import type { EntryDetail } from '../../../../contract/ledger-detail.ts';
import type { EntryRow } from '../../../../contract/ledger.ts';
import { api } from '../../../app/engine.ts';
import { useAnswer } from '../../../app/use-answer.ts';
import { setLook, showEntry } from '../../../state/ledgers.ts';
import { useSettings } from '../../../state/settings.ts';
import { openProof } from '../../../state/tabs.ts';
import { Badge } from '../../../ui/badge/Badge.tsx';
import { Button, IconButton } from '../../../ui/button/Button.tsx';
import { CopyButton } from '../../../ui/copy/CopyButton.tsx';
import { FailureState } from '../../../ui/empty/FailureState.tsx';
import { formatCount, formatDateTime, formatMoney } from '../../../ui/format.ts';
import { SkeletonRows } from '../../../ui/skeleton/Skeleton.tsx';
import { visibleText } from '../../../ui/visible-text.ts';
import { copyFinding } from '../export.ts';
import { splitFindings } from '../findings/pick.ts';
import { openExecutionTab, shortExecution } from '../open.ts';
import { statementOf } from '../statement/models.ts';
import { selectionOfLine } from '../statement/select.ts';
import { CHAIN_WORDS, entryDetail, entryWord, MARK_WORDS, signedMoney } from '../words.ts';
import { FindingParts } from './FindingParts.tsx';
import { Fact, Part } from './parts.tsx';
import { Payload } from './Payload.tsx';
import { Witnesses } from './Witnesses.tsx';

type Props = { readonly source: string; readonly seq: number; readonly checkedAt: number | null };

/** Everything that is known of one entry: its hash, its payload, what other records say of it, what does not add up. */
export function EntryInspector({ source, seq, checkedAt }: Props) {
  const { value, error, again } = useAnswer(source, `entry ${seq} ${checkedAt}`, () =>
    api.ledger.entry({ source, seq }),
  );
  if (value !== null && (value.row.seq === seq || error === null))
    return <Entry source={source} detail={value} />;
  if (error === null) return <SkeletonRows rows={8} label="Reading the entry" />;
  return (
    <FailureState
      error={error}
      actions={
        <Button size="small" onClick={again}>
          Read again
        </Button>
      }
    />
  );
}

function Entry({ source, detail }: { readonly source: string; readonly detail: EntryDetail }) {
  const { row, payload, restored, witnesses, findings, entriesOfExecution } = detail;
  const zone = useSettings((state) => state.time);
  const chain = CHAIN_WORDS[row.chain];
  const execution = row.executionId;
  const { problems, notices } = splitFindings(findings);
  const first = problems[0] ?? notices[0];
  // what other records say stands at the top where it contradicts the entry and no finding has its own evidence
  const contradicted = witnesses.some(({ agrees }) => !agrees) && (first?.because.length ?? 0) === 0;
  const evidence = witnesses.length > 0 && (
    <Part title="What the other records say">
      <Witnesses witnesses={witnesses} label="What the other records say" about="entry" />
    </Part>
  );
  return (
    <div className="li-panel" data-key-scope="ledger-entry">
      <header className="li-head">
        <div className="li-title">
          <h2>Entry {formatCount(row.seq)}</h2>
          <span className="li-title-end">
            <IconButton icon={ChevronUp} label="Line above" onClick={() => void step(source, -1)} />
            <IconButton icon={ChevronDown} label="Line below" onClick={() => void step(source, 1)} />
          </span>
        </div>
        <div className="li-badges">
          <code className="li-type">{visibleText(row.type).slice(0, 80)}</code>
          <Badge tone={chain.tone} title={chain.means}>
            {chain.badge}
          </Badge>
          {row.marks.map((mark) => (
            <Badge key={mark} tone={MARK_WORDS[mark].tone} title={MARK_WORDS[mark].means}>
              {MARK_WORDS[mark].word}
            </Badge>
          ))}
        </div>
      </header>
      <div className="li-scroll">
        <FindingParts source={source} findings={findings} witnesses="first" />
        {contradicted && evidence}
        <Part title="Entry">
          <dl className="li-facts">
            <Fact name="What">
              {entryWord(row)}
              {entryDetail(row) !== '' && `: ${entryDetail(row).slice(0, 400)}`}
            </Fact>
            <Fact name="Time">
              {row.atMicros === null ? (
                'can’t be read'
              ) : (
                <span title={`stored: ${visibleText(row.ts)}`}>{formatDateTime(row.atMicros, zone)}</span>
              )}
              <span className="li-stored">{visibleText(row.ts).slice(0, 80)}</span>
            </Fact>
            <Fact name="Agent">{row.agent === null ? 'none' : <bdi>{visibleText(row.agent)}</bdi>}</Fact>
            {execution !== null && (
              <Fact name="Execution">
                <Button
                  size="small"
                  look="link"
                  title={visibleText(execution).slice(0, 400)}
                  onClick={() => openExecutionTab(source, execution)}
                >
                  <bdi className="li-mono">{shortExecution(execution)}</bdi>
                </Button>
              </Fact>
            )}
            <Balance row={row} />
          </dl>
        </Part>
        <Part title="Hash" end={<CopyButton label="Copy the stored hash" text={() => detail.storedHash} />}>
          <Hashes detail={detail} />
        </Part>
        <Part title="Payload" end={<CopyButton label="Copy the payload" text={() => payload} />}>
          <Payload payload={payload} restored={restored?.text ?? null} label="Payload as stored" />
          {restored !== null && (
            <div className="li-restored">
              <h4>What it hashed as</h4>
              <p className="li-muted">{visibleText(restored.what)}</p>
              <Payload
                payload={restored.text}
                restored={payload}
                label="Payload that gives the stored hash"
              />
            </div>
          )}
        </Part>
        {!contradicted && evidence}
        {entriesOfExecution.length > 1 && (
          <Part title="Entries of the same execution">
            <EntryList source={source} rows={entriesOfExecution} current={row.seq} />
          </Part>
        )}
      </div>
      <footer className="li-actions">
        {execution !== null && (
          <Button size="small" onClick={() => openExecutionTab(source, execution)}>
            Open execution
          </Button>
        )}
        {first !== undefined && (
          <Button size="small" onClick={() => void copyFinding(first)}>
            Copy finding
          </Button>
        )}
        <Button size="small" onClick={() => openProof(source)}>
          Show in chain
        </Button>
      </footer>
    </div>
  );
}

function Balance({ row }: { readonly row: EntryRow }) {
  const { reservedDeltaMicro, spentDeltaMicro, reservedMicro, spentMicro, availableMicro } = row;
  return (
    <>
      {(reservedDeltaMicro !== 0 || spentDeltaMicro !== 0) && (
        <Fact name="Change">
          {[
            reservedDeltaMicro === 0 ? '' : `${signedMoney(reservedDeltaMicro)} reserved`,
            spentDeltaMicro === 0 ? '' : `${signedMoney(spentDeltaMicro)} spent`,
          ]
            .filter(Boolean)
            .join(', ')}
        </Fact>
      )}
      {spentMicro !== null && reservedMicro !== null && (
        <Fact name={row.agent === null ? 'All after it' : 'Account after it'}>
          {formatMoney(spentMicro)} spent, {formatMoney(reservedMicro)} reserved
          {availableMicro === null ? '' : `, ${formatMoney(availableMicro)} available`}
        </Fact>
      )}
    </>
  );
}

/** The stored hash and the one that its content gives, in full; and the predecessor where the entry names another one. */
function Hashes({ detail }: { readonly detail: EntryDetail }) {
  const { storedHash, recomputedHash, storedPrev, beforeHash, row } = detail;
  const same = storedHash === recomputedHash;
  const before = beforeHash ?? 'GENESIS';
  const known = row.chain !== 'unknown';
  return (
    <dl className="li-hashes">
      <dt>{same ? 'Stored, and recomputed from the stored content' : 'Stored'}</dt>
      <dd>{visibleText(storedHash)}</dd>
      {!same && (
        <>
          <dt>Recomputed from the stored content</dt>
          <dd className={known ? 'li-bad' : ''}>{recomputedHash}</dd>
        </>
      )}
      {storedPrev !== before && (
        <>
          <dt>Names as the entry before it</dt>
          <dd className={row.chain === 'broken' ? 'li-bad' : ''}>{visibleText(storedPrev)}</dd>
          <dt>
            {row.chain === 'broken' ? 'The entry before it has' : 'The entry that stands before it now has'}
          </dt>
          <dd>{visibleText(before)}</dd>
        </>
      )}
    </dl>
  );
}

type ListProps = { readonly source: string; readonly rows: readonly EntryRow[]; readonly current: number };

/** Entries that are listed of one execution; it has four as a rule. */
const MOST_ENTRIES = 24;

export function EntryList({ source, rows, current }: ListProps) {
  const zone = useSettings((state) => state.time);
  return (
    <ul className="li-entries">
      {rows.slice(0, MOST_ENTRIES).map((row) => (
        <li key={row.seq}>
          <button
            type="button"
            aria-current={row.seq === current}
            onClick={() => {
              setLook(source, { group: 'entries' });
              showEntry(source, row.seq);
            }}
          >
            <span className="li-entry-seq">{formatCount(row.seq)}</span>
            <span className="truncate">{entryWord(row)}</span>
            <span className="li-entry-money">
              {signedMoney(-row.spentDeltaMicro) || signedMoney(row.reservedDeltaMicro)}
            </span>
            <span className="li-entry-time">
              {row.atMicros === null ? '' : formatDateTime(row.atMicros, zone).split(', ').at(-1)}
            </span>
          </button>
        </li>
      ))}
      {rows.length > MOST_ENTRIES && (
        <li className="li-muted">
          {formatCount(rows.length - MOST_ENTRIES)} more in the execution’s own view
        </li>
      )}
    </ul>
  );
}

/** The line above or below in the statement, whatever it shows. */
async function step(source: string, by: 1 | -1): Promise<void> {
  const model = statementOf(source);
  const { selectedAt } = model.get();
  if (selectedAt === null) return;
  let found = await model.go(selectedAt + by);
  if (found?.line === 'day') found = await model.go(selectedAt + 2 * by);
  const selected = found === null ? null : selectionOfLine(found);
  if (selected !== null) setLook(source, { selected });
}
