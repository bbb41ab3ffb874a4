import type { LedgerReport, WitnessVerdict } from '../../../contract/ledger-report.ts';
import { useSettings } from '../../state/settings.ts';
import { Badge, type Tone } from '../../ui/badge/Badge.tsx';
import { formatCount, formatDateTime, shortHash } from '../../ui/format.ts';
import { Told } from '../ledger/Told.tsx';
import { visibleText } from '../../ui/visible-text.ts';

const STATE: Readonly<Record<WitnessVerdict['state'], { readonly word: string; readonly tone: Tone }>> = {
  first: { word: 'first look', tone: 'neutral' },
  same: { word: 'unchanged', tone: 'ok' },
  grown: { word: 'only grown', tone: 'ok' },
  shorter: { word: 'shorter than before', tone: 'bad' },
  other: { word: 'another past', tone: 'bad' },
  restored: { word: 'older copy', tone: 'warn' },
  off: { word: 'not kept', tone: 'neutral' },
};

/** What Vekscope remembers of an earlier look, kept outside of the file, and what became of it. */
export function Witness({ report }: { readonly report: LedgerReport }) {
  const zone = useSettings((state) => state.time);
  const { state, seenAtMicros, seenEvents, seenHash, text } = report.witness;
  const { word, tone } = STATE[state];
  return (
    <section className="pf-part" aria-labelledby="pf-witness">
      <h3 id="pf-witness">
        Seen before <Badge tone={tone}>{word}</Badge>
      </h3>
      <p className="pf-muted">
        <Told text={text} />
      </p>
      {(seenAtMicros !== null || report.head !== null) && (
        <dl className="pf-facts">
          {seenAtMicros !== null && <Fact name="Seen">{formatDateTime(seenAtMicros, zone)}</Fact>}
          {seenEvents !== null && <Fact name="Entries then">{formatCount(seenEvents)}</Fact>}
          {seenHash !== null && (
            <Fact name="Head then">
              <span className="pf-mono" title={seenHash}>
                {visibleText(shortHash(seenHash))}
              </span>
            </Fact>
          )}
          {report.head !== null && (
            <Fact name="Head now">
              <span className="pf-mono" title={report.head.hash}>
                {visibleText(shortHash(report.head.hash))}
              </span>
              , entry {formatCount(report.head.seq)}
            </Fact>
          )}
        </dl>
      )}
    </section>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
