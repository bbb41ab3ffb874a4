import type { ReactNode } from 'react';
import type { Zone } from '../../../ui/format.ts';
import { formatCounted, formatDateTime, formatDateTimeExact, formatMoney } from '../../../ui/format.ts';
import { shortHash } from '../../../ui/format.ts';
import { visibleText } from '../../../ui/visible-text.ts';
import type { BarBox } from './bars.ts';
import type { Cluster } from './clusters.ts';
import type { Layout } from './layout.ts';
import type { Piece } from './pieces.ts';
import type { RecordRun } from './record.ts';
import { clusterWords, outcomeWords, runWords } from './words.ts';

/** What lies under the pointer or under the keys. */
export type Under = {
  readonly x: number;
  readonly cluster: Cluster | null;
  readonly box: BarBox | null;
  readonly piece: Piece | null;
  /** a stretch of the record */
  readonly run: RecordRun | null;
};

type Props = { readonly under: Under; readonly layout: Layout; readonly zone: Zone };

/** How far from the pointer the card stands, in px. */
const AWAY = 18;

/** Exact figures of what is pointed at, beside the pointer, on the side that has more room. */
export function HoverCard({ under, layout, zone }: Props) {
  const { left, right, view } = layout;
  const onLeft = under.x > (left + right) / 2;
  return (
    <div
      className="lt-card"
      data-surface="raised"
      style={onLeft ? { right: view.width - under.x + AWAY } : { left: under.x + AWAY }}
    >
      <Content {...under} zone={zone} />
    </div>
  );
}

function Content({ cluster, box, piece, run, zone }: Under & { readonly zone: Zone }) {
  if (cluster !== null) return <p className="lt-card-words">{clusterWords(cluster, zone)}</p>;
  if (run !== null) return <p className="lt-card-words">{runWords(run, zone)}</p>;
  if (box !== null) {
    const { bar } = box;
    return (
      <>
        <h4>
          <span className="hash">{visibleText(shortHash(bar.executionId))}</span>{' '}
          {bar.agent !== null && <bdi className="lt-card-agent">{visibleText(bar.agent).slice(0, 60)}</bdi>}
        </h4>
        <dl>
          <Row name="Reserved">{formatMoney(bar.estimatedMicro)}</Row>
          {bar.costMicro !== null && bar.outcome === 'spent' && (
            <Row name="Spent">{formatMoney(bar.costMicro)}</Row>
          )}
          <Row name="From">{formatDateTime(bar.fromMicros, zone)}</Row>
          {bar.toMicros !== null && <Row name="To">{formatDateTime(bar.toMicros, zone)}</Row>}
          {bar.toMicros === null && bar.expiryMicros !== null && (
            <Row name="Expiry">{formatDateTime(bar.expiryMicros, zone)}</Row>
          )}
        </dl>
        <p className="lt-card-words">{outcomeWords(bar)}</p>
      </>
    );
  }
  if (piece === null) return null;
  const short = piece.to - piece.from < 2e6;
  const range = piece.highest > piece.lowest;
  return (
    <>
      <h4>{short ? formatDateTimeExact(piece.from, zone) : formatDateTime(piece.from, zone)}</h4>
      <dl>
        <Row name="Unspent">{formatMoney(piece.unspent)}</Row>
        {piece.provedUnspent !== null && piece.provedUnspent !== piece.unspent && (
          <Row name="As proved">{formatMoney(piece.provedUnspent)}</Row>
        )}
        <Row name="Available">{formatMoney(piece.available)}</Row>
        {piece.provedAvailable !== null && piece.provedAvailable !== piece.available && (
          <Row name="As proved">{formatMoney(piece.provedAvailable)}</Row>
        )}
        {range && (
          <Row name="Lowest to highest">
            {formatMoney(piece.lowest)} to {formatMoney(piece.highest)}
          </Row>
        )}
        {piece.spent > 0 && <Row name="Spent here">{formatMoney(piece.spent)}</Row>}
      </dl>
      <p className="lt-card-words">{countWords(piece)}</p>
    </>
  );
}

function Row({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** What happened in a piece of time. */
export function countWords(piece: Piece): string {
  const parts = [
    piece.commits > 0 ? formatCounted(piece.commits, 'settlement') : '',
    piece.releases > 0 ? formatCounted(piece.releases, 'release') : '',
    piece.denials > 0 ? formatCounted(piece.denials, 'denial') : '',
    piece.overruns > 0 ? formatCounted(piece.overruns, 'overrun') : '',
    piece.findings > 0 ? formatCounted(piece.findings, 'finding') : '',
    piece.missing > 0 ? formatCounted(piece.missing, 'gap') : '',
  ].filter(Boolean);
  return parts.length === 0 ? 'Nothing was settled here.' : `${parts.join(', ')}.`;
}
