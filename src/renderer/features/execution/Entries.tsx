import type { ExecutionDetail } from '../../../contract/ledger-detail.ts';
import { showEntry } from '../../state/ledgers.ts';
import { useSettings } from '../../state/settings.ts';
import { formatCount, formatDateTime } from '../../ui/format.ts';
import { visibleText } from '../../ui/visible-text.ts';
import { CHAIN_WORDS, entryDetail, entryWord, signedMoney } from '../ledger/words.ts';
import { Part } from './Part.tsx';

/** The entries of an execution, each with the way to it. */
export function Entries({ source, detail }: { readonly source: string; readonly detail: ExecutionDetail }) {
  const zone = useSettings((state) => state.time);
  if (detail.entries.length === 0) {
    return (
      <Part title="Entries">
        <p>The event log has no entry of this execution.</p>
      </Part>
    );
  }
  return (
    <Part title="Entries">
      <table className="ex-entries">
        <thead>
          <tr>
            <th scope="col">Entry</th>
            <th scope="col">Time</th>
            <th scope="col">What</th>
            <th scope="col">Chain</th>
            <th scope="col" className="ex-amount">
              Reserved
            </th>
            <th scope="col" className="ex-amount">
              Spent
            </th>
          </tr>
        </thead>
        <tbody>
          {detail.entries.map((entry) => (
            <tr key={entry.seq}>
              <td>
                <button type="button" className="figure" onClick={() => showEntry(source, entry.seq)}>
                  {formatCount(entry.seq)}
                  <span className="visually-hidden"> show the entry</span>
                </button>
              </td>
              <td title={visibleText(entry.ts)}>
                {entry.atMicros === null
                  ? visibleText(entry.ts).slice(0, 40)
                  : formatDateTime(entry.atMicros, zone)}
              </td>
              <td>
                {entryWord(entry)} <span className="ex-muted">{entryDetail(entry)}</span>
              </td>
              <td>
                <span
                  title={CHAIN_WORDS[entry.chain].means}
                  className={entry.chain === 'broken' ? 'ex-bad' : 'ex-muted'}
                >
                  {CHAIN_WORDS[entry.chain].badge}
                </span>
              </td>
              <td className="ex-amount">{signedMoney(entry.reservedDeltaMicro)}</td>
              <td className="ex-amount">{signedMoney(-entry.spentDeltaMicro)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Part>
  );
}
