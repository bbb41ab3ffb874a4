import { useEffect, useId, useRef, useState, type FormEvent } from 'react';
import type { Failure } from '../../../contract/failure.ts';
import type { CopyEntry, TwoCopies } from '../../../contract/ledger-detail.ts';
import { attempt } from '../../app/client.ts';
import { api } from '../../app/engine.ts';
import { useWorkspace } from '../../state/workspace.ts';
import { Badge } from '../../ui/badge/Badge.tsx';
import { Button } from '../../ui/button/Button.tsx';
import { TextField } from '../../ui/field/TextField.tsx';
import { formatCount, formatCounted, shortHash } from '../../ui/format.ts';
import { visibleText } from '../../ui/visible-text.ts';
import { differingFields } from './copy-fields.ts';

type State =
  | { readonly state: 'idle' | 'asking' }
  | { readonly state: 'done'; readonly value: TwoCopies }
  | { readonly state: 'failed'; readonly error: Failure };

/** Two copies of one ledger beside each other: how far they are the same, and where they part. */
export function CompareCopies({ source }: { readonly source: string }) {
  const others = (useWorkspace()?.sources ?? []).filter(({ kind, id }) => kind === 'aex' && id !== source);
  const [other, setOther] = useState(others[0]?.id ?? '');
  const [path, setPath] = useState('');
  const [answer, setAnswer] = useState<State>({ state: 'idle' });
  const select = useId();
  const result = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // the answer may lie below what is in sight
    if (answer.state === 'done' || answer.state === 'failed')
      result.current?.scrollIntoView({ block: 'nearest' });
  }, [answer]);
  const wanted = path.trim() === '' ? other : path.trim();
  const compare = async (event: FormEvent) => {
    event.preventDefault();
    if (wanted === '') return;
    setAnswer({ state: 'asking' });
    const got = await attempt(api.ledger.compare({ source, other: wanted }));
    setAnswer(got.ok ? { state: 'done', value: got.value } : { state: 'failed', error: got.error });
  };
  return (
    <section className="pf-part" aria-labelledby="pf-compare">
      <h3 id="pf-compare">Compare with another copy</h3>
      <form className="pf-compare" onSubmit={(event) => void compare(event)}>
        {others.length > 0 && (
          <div className="field">
            <label className="field-label" htmlFor={select}>
              Ledger of this workspace
            </label>
            <select
              id={select}
              className="pf-select"
              value={other}
              onChange={(event) => setOther(event.target.value)}
            >
              {others.map(({ id, name }) => (
                <option key={id} value={id}>
                  {visibleText(name).slice(0, 80)}
                </option>
              ))}
            </select>
          </div>
        )}
        <TextField
          label={others.length > 0 ? 'Or the path of a file' : 'Path of the other file'}
          placeholder="/backup/aex.db"
          value={path}
          onChange={setPath}
          mono
        />
        <Button size="small" type="submit" disabled={wanted === '' || answer.state === 'asking'}>
          {answer.state === 'asking' ? 'Comparing' : 'Compare'}
        </Button>
      </form>
      <div aria-live="polite" ref={result}>
        {answer.state === 'failed' && (
          <p className="in-bad">
            {answer.error.message} {answer.error.hint}
          </p>
        )}
        {answer.state === 'done' && <Parted value={answer.value} />}
      </div>
    </section>
  );
}

const VERDICT = {
  same: { word: 'the same', tone: 'ok' },
  'a-is-older': { word: 'B goes on', tone: 'neutral' },
  'b-is-older': { word: 'B is older', tone: 'neutral' },
  parted: { word: 'they part', tone: 'bad' },
  other: { word: 'not the same ledger', tone: 'warn' },
} as const;

function Parted({ value }: { readonly value: TwoCopies }) {
  const { a, b, common, verdict, text, lastCommon, firstA, firstB, differences, moreDifferences } = value;
  const { word, tone } = VERDICT[verdict];
  const at = verdict === 'parted' ? (firstA[0]?.seq ?? firstB[0]?.seq) : undefined;
  return (
    <div className="pf-parted">
      <p>
        <Badge tone={tone}>{at === undefined ? word : `differ at entry ${formatCount(at)}`}</Badge>{' '}
        {visibleText(text)}
      </p>
      <dl className="pf-facts">
        <Copy name="A, this copy" path={a.path} events={a.events} />
        <Copy name="B, the other copy" path={b.path} events={b.events} />
      </dl>
      <ol className="pf-copies">
        <li className="pf-common">
          {formatCounted(common, 'entry', 'entries')} in common
          {lastCommon !== null && (
            <>
              , the last is <Entry entry={lastCommon} />
            </>
          )}
        </li>
      </ol>
      {(firstA.length > 0 || firstB.length > 0) && (
        <div className="pf-sides">
          <Side name="A" total={a.events} entries={firstA} others={firstB} />
          <Side name="B" total={b.events} entries={firstB} others={firstA} />
        </div>
      )}
      {differences.length > 0 && (
        <>
          <h4>Rows of other tables that differ</h4>
          <ul className="pf-list">
            {differences.map((line) => (
              <li key={line}>{visibleText(line)}</li>
            ))}
          </ul>
          {moreDifferences > 0 && <p className="pf-muted">And {formatCount(moreDifferences)} more.</p>}
        </>
      )}
    </div>
  );
}

type CopyProps = { readonly name: string; readonly path: string; readonly events: number };

/** Which file a letter stands for. */
function Copy({ name, path, events }: CopyProps) {
  return (
    <div>
      <dt>{name}</dt>
      <dd title={visibleText(path)}>
        <bdi>{visibleText(path).slice(-200)}</bdi>, {formatCounted(events, 'entry', 'entries')}
      </dd>
    </div>
  );
}

type SideProps = {
  readonly name: string;
  readonly total: number;
  readonly entries: readonly CopyEntry[];
  /** of the other copy */
  readonly others: readonly CopyEntry[];
};

function Side({ name, total, entries, others }: SideProps) {
  return (
    <div>
      <h4>{name}</h4>
      {entries.length === 0 ? (
        <p className="pf-muted">Ends here, after {formatCounted(total, 'entry', 'entries')}.</p>
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
