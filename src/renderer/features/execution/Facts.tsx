import type { ReactNode } from 'react';
import type { ExecutionDetail } from '../../../contract/ledger-detail.ts';
import { shortHash } from '../../ui/format.ts';
import { visibleText } from '../../ui/visible-text.ts';
import { Told } from '../ledger/Told.tsx';

/** What the rows of an execution say of it. */
export function Facts({ detail }: { readonly detail: ExecutionDetail }) {
  const { row, route, reservation, agent, tool } = detail;
  const facts: readonly (readonly [string, ReactNode])[] = [
    ['Agent', agent === null ? null : visibleText(agent).slice(0, 120)],
    ['Tool', tool === null ? null : visibleText(tool).slice(0, 120)],
    ['Model', route === null ? null : visibleText(route.model)],
    [
      'Provider',
      route === null ? null : `${visibleText(route.provider)}, ${visibleText(route.providerModel)}`,
    ],
    ['Base URL', route === null ? null : visibleText(route.baseUrl)],
    ['Endpoint', row === null ? null : visibleText(row.endpoint).slice(0, 200)],
    ['Status', row?.statusCode === null || row === null ? null : String(row.statusCode)],
    ['Request hash', hash(row?.requestHash ?? null)],
    [
      'Route hash',
      route === null && row !== null ? (
        <>{hash(row.routeHash)} not in the price list</>
      ) : (
        hash(row?.routeHash ?? null)
      ),
    ],
    ['Created', time(row?.createdAt ?? null)],
    ['Ended', time(row?.terminalAt ?? null)],
    ['Reservation', reservation === null ? null : visibleText(reservation.state).toLowerCase()],
    ['Expires', time(reservation?.expiryAt ?? null)],
  ];
  return (
    <section className="ex-part" aria-label="Facts">
      <dl className="ex-facts">
        {facts
          .filter(([, value]) => value !== null)
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
    </section>
  );
}

const time = (text: string | null): ReactNode => (text === null ? null : <Told text={text} />);

const hash = (text: string | null): ReactNode =>
  text === null || text === '' ? null : (
    <span className="hash" title={visibleText(text).slice(0, 200)}>
      {visibleText(shortHash(text))}
    </span>
  );
