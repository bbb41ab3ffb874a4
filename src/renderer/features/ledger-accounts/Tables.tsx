import type { AccountDetail, ModelSpend, ToolPlugin } from '../../../contract/ledger-accounts.ts';
import { useSettings } from '../../state/settings.ts';
import { Badge } from '../../ui/badge/Badge.tsx';
import { formatCount, formatMoney, shortHash } from '../../ui/format.ts';
import { visibleText } from '../../ui/visible-text.ts';
import { localTimes } from '../ledger/local-times.ts';
import type { AccountFindings } from './differs.ts';
import { Differs } from './Differs.tsx';
import { EntriesFigure } from './EntriesFigure.tsx';
import { SortTable } from './SortTable.tsx';
import { priceWords, rateWords, WINDOW_ENTRIES, windowQuery } from './words.ts';

/** Models: what each cost, and its price where the price list has it. */
export function ModelsTable({
  source,
  rows,
}: {
  readonly source: string;
  readonly rows: readonly ModelSpend[];
}) {
  return (
    <SortTable
      label="Models"
      rows={rows}
      keyOf={({ model }) => model ?? '\u0000none'}
      first={{ key: 'spent', down: true }}
      none="Nothing was settled yet."
      columns={[
        {
          key: 'model',
          label: 'Model',
          sort: ({ model }) => model,
          renderCell: ({ model, price }) => (
            <span>
              <bdi>{model === null ? 'no model named' : visibleText(model).slice(0, 120)}</bdi>
              {price !== null && (
                <span className="la-sub">
                  {visibleText(price.provider)}: {visibleText(price.providerModel)}
                </span>
              )}
            </span>
          ),
        },
        {
          key: 'price',
          label: 'Price of a million tokens',
          end: true,
          sort: ({ price }) => price?.outputMicro ?? null,
          renderCell: ({ model, price }) =>
            price !== null ? (
              priceWords(price)
            ) : model?.startsWith('tool:') === true ? (
              <span className="la-sub-inline">a tool, by run</span>
            ) : (
              <Badge tone="warn">unpriced</Badge>
            ),
        },
        {
          key: 'settled',
          label: 'Settled',
          end: true,
          sort: ({ settlements }) => settlements.value,
          renderCell: ({ settlements }) => (
            <EntriesFigure source={source} query={settlements.query} label="Show the settlements">
              {formatCount(settlements.value)}
            </EntriesFigure>
          ),
        },
        {
          key: 'tokens',
          label: 'Tokens in, out',
          end: true,
          wide: true,
          sort: ({ promptTokens, completionTokens }) => promptTokens + completionTokens,
          renderCell: ({ promptTokens, completionTokens }) =>
            `${formatCount(promptTokens)}, ${formatCount(completionTokens)}`,
        },
        {
          key: 'other',
          label: 'Other price',
          end: true,
          sort: ({ otherPrice }) => otherPrice?.value ?? null,
          renderCell: ({ otherPrice }) =>
            otherPrice === null || otherPrice.value === 0 ? (
              <span className="la-none">–</span>
            ) : (
              <EntriesFigure
                source={source}
                query={otherPrice.query}
                label="Show settlements whose cost is not tokens times today’s price"
              >
                {formatCount(otherPrice.value)}
              </EntriesFigure>
            ),
        },
        {
          key: 'spent',
          label: 'Spent',
          end: true,
          sort: ({ spentMicro }) => spentMicro,
          renderCell: ({ spentMicro, settlements }) => (
            <EntriesFigure source={source} query={settlements.query} label="Show what was spent">
              <strong className="la-strong">{formatMoney(spentMicro)}</strong>
            </EntriesFigure>
          ),
        },
      ]}
    />
  );
}

/** Rate windows: what of the limit is used, and whether the window is over. */
export function RatesTable({
  source,
  rows,
  findings,
}: {
  readonly source: string;
  readonly rows: readonly AccountDetail[];
  readonly findings: AccountFindings;
}) {
  const zone = useSettings((state) => state.time);
  return (
    <SortTable
      label="Rate windows"
      rows={rows}
      keyOf={({ account }) => account.name}
      first={{ key: 'used', down: true }}
      none=""
      columns={[
        {
          key: 'agent',
          label: 'Agent',
          sort: ({ account }) => account.name,
          renderCell: ({ account }) => <bdi>{visibleText(account.name).slice(0, 120)}</bdi>,
        },
        {
          key: 'start',
          label: 'Began',
          wide: true,
          sort: ({ rate }) => rate?.windowStart ?? null,
          renderCell: ({ rate }) =>
            rate?.windowStart === null || rate === null ? (
              'missing'
            ) : (
              <span title={visibleText(rate.windowStart).slice(0, 40)}>
                {localTimes(visibleText(rate.windowStart).slice(0, 40), zone)}
              </span>
            ),
        },
        {
          key: 'used',
          label: 'Used',
          sort: ({ rate, rules }) => (rate === null ? null : rate.requests / Math.max(1, rules.rpmLimit)),
          renderCell: ({ account, rate, rules }) =>
            rate === null ? null : (
              <>
                <EntriesFigure source={source} {...windowQuery(account.name, rate)} label={WINDOW_ENTRIES}>
                  {rateWords(rate, rules)}
                </EntriesFigure>
                <Differs source={source} finding={findings.get(account.name)?.get('rate-window-differs')} />
                <Differs source={source} finding={findings.get(account.name)?.get('limit-differs')} />
              </>
            ),
        },
        {
          key: 'over',
          label: 'Now',
          renderCell: ({ rate, rules }) =>
            rate === null ? null : rate.over ? (
              <span className="la-sub-inline">over; the next request begins another</span>
            ) : rate.requests >= rules.rpmLimit ||
              (rules.maxTokensPerMinute !== null && rate.tokens >= rules.maxTokensPerMinute) ? (
              <Badge tone="warn">at its limit</Badge>
            ) : (
              'open'
            ),
        },
      ]}
    />
  );
}

/** Tool plugins: what each costs, how often it ran and failed, and its package. */
export function ToolsTable({
  source,
  rows,
}: {
  readonly source: string;
  readonly rows: readonly ToolPlugin[];
}) {
  return (
    <SortTable
      label="Tools"
      rows={rows}
      keyOf={({ name }) => name}
      first={{ key: 'runs', down: true }}
      none=""
      columns={[
        {
          key: 'name',
          label: 'Tool',
          sort: ({ name }) => name,
          renderCell: ({ name, version, enabled, entrypoint }) => (
            <span>
              <bdi>{visibleText(name).slice(0, 120)}</bdi> {visibleText(version).slice(0, 40)}{' '}
              {!enabled && <Badge>off</Badge>}
              <span className="la-sub la-mono">{visibleText(entrypoint).slice(0, 120)}</span>
            </span>
          ),
        },
        {
          key: 'package',
          label: 'Package',
          wide: true,
          renderCell: ({ packagePath, sha256 }) => (
            <span title={visibleText(packagePath)}>
              <span className="hash" title={visibleText(sha256)}>
                {visibleText(shortHash(sha256))}
              </span>
              <span className="la-sub">checked when it was installed only</span>
            </span>
          ),
        },
        {
          key: 'cost',
          label: 'Cost of a run',
          end: true,
          sort: ({ costMicro }) => costMicro,
          renderCell: ({ costMicro }) => formatMoney(costMicro),
        },
        {
          key: 'runs',
          label: 'Ran',
          end: true,
          sort: ({ runs }) => runs.value,
          renderCell: ({ runs }) => (
            <EntriesFigure source={source} query={runs.query} label="Show the runs">
              {formatCount(runs.value)}
            </EntriesFigure>
          ),
        },
        {
          key: 'failed',
          label: 'Failed',
          end: true,
          sort: ({ failures }) => failures.value,
          renderCell: ({ failures }) => (
            <EntriesFigure
              source={source}
              query={failures.value === 0 ? null : failures.query}
              label="Show the failures"
            >
              {failures.value === 0 ? '–' : formatCount(failures.value)}
            </EntriesFigure>
          ),
        },
      ]}
    />
  );
}
