import { Popover } from '@base-ui/react/popover';
import { Filter } from 'lucide-react';
import { useEffect, useState } from 'react';
import { LEDGER_FACETS, type LedgerFacet, type LedgerFacetKey } from '../../../../contract/ledger.ts';
import { attempt } from '../../../app/client.ts';
import { api } from '../../../app/engine.ts';
import { setLook, type LedgerLook } from '../../../state/ledgers.ts';
import { Button } from '../../../ui/button/Button.tsx';
import { formatCount, formatMoney } from '../../../ui/format.ts';
import { Skeleton } from '../../../ui/skeleton/Skeleton.tsx';
import { hintText, visibleText } from '../../../ui/visible-text.ts';
import { viewOf } from '../query/view.ts';
import { TYPE_WORDS } from './type-words.ts';

type Props = { readonly source: string; readonly look: LedgerLook };

const FACET_WORDS: Readonly<Record<LedgerFacetKey, string>> = {
  agent: 'Agent',
  type: 'Type',
  model: 'Model',
  reason: 'Reason',
  tool: 'Tool',
  day: 'Day',
  outcome: 'How it ended',
};

/** What anomalies are asked for by, before the values that entries have. */
const SPECIAL = [
  ['With a finding', 'is:finding'],
  ['Overruns', 'is:overrun'],
  ['Denials', 'is:denied'],
  ['Open reservations', 'is:open'],
  ['Free of charge', 'is:free'],
] as const;

/** How many values of a key are listed; the field finds the others. */
const MOST_VALUES = 8;

/** The values that the entries of the view have, with how many; one of them narrows the view. */
export function Facets({ source, look }: Props) {
  const [open, setOpen] = useState(false);
  const ask = (query: string) => {
    setLook(source, { query });
    setOpen(false);
  };
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger
        render={
          <Button look="quiet" icon={Filter} className="lb-button" title="Narrow down to a value">
            Facets
          </Button>
        }
      />
      <Popover.Portal>
        <Popover.Positioner
          className="menu-positioner"
          sideOffset={4}
          collisionPadding={8}
          collisionAvoidance={{ fallbackAxisSide: 'none' }}
          align="start"
        >
          <Popover.Popup className="menu lb-facets" data-surface="raised" aria-label="Facets">
            <Group title="Anomalies">
              {SPECIAL.map(([words, query]) => (
                <Value key={query} words={words} onChoose={() => ask(query)} />
              ))}
            </Group>
            {open && <Values source={source} look={look} onChoose={ask} />}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

function Values({ source, look, onChoose }: Props & { readonly onChoose: (query: string) => void }) {
  const [known, setKnown] = useState<Readonly<Partial<Record<LedgerFacetKey, readonly LedgerFacet[]>>>>({});
  const { agent } = look;
  const { query } = viewOf({ ...look, range: null });
  useEffect(() => {
    let here = true;
    const load = async () => {
      for (const key of LEDGER_FACETS) {
        const answer = await attempt(api.ledger.facets({ source, agent, query, key }));
        if (!here) return;
        const values: readonly LedgerFacet[] = answer.ok ? answer.value : [];
        setKnown((before) => ({ ...before, [key]: values }));
      }
    };
    void load();
    return () => {
      here = false;
    };
  }, [source, agent, query]);
  return LEDGER_FACETS.map((key) => {
    const values = known[key];
    if (values?.length === 0 || (key === 'agent' && agent !== null)) return null;
    return (
      <Group key={key} title={FACET_WORDS[key]}>
        {values === undefined ? (
          <Skeleton width="70%" />
        ) : (
          values
            .slice(0, MOST_VALUES)
            .map((facet) => (
              <Value
                key={facet.value}
                words={
                  (key === 'type' ? TYPE_WORDS.get(facet.value) : undefined) ??
                  (visibleText(facet.value.slice(0, 200)) || 'none')
                }
                count={facet.entries}
                title={`${hintText(facet.value)}\n${formatMoney(facet.spentMicro)} spent`}
                onChoose={() => onChoose(facet.query)}
              />
            ))
        )}
        {(values?.length ?? 0) > MOST_VALUES && (
          <span className="lb-facet-more">
            {formatCount((values?.length ?? 0) - MOST_VALUES)} more, by typing {key}:
          </span>
        )}
      </Group>
    );
  });
}

function Group({ title, children }: { readonly title: string; readonly children: React.ReactNode }) {
  return (
    <section className="lb-facet" aria-label={title}>
      <h3>{title}</h3>
      {children}
    </section>
  );
}

type ValueProps = {
  readonly words: string;
  readonly count?: number;
  readonly title?: string;
  readonly onChoose: () => void;
};

function Value({ words, count, title, onChoose }: ValueProps) {
  return (
    <button type="button" className="lb-facet-value" title={title} onClick={onChoose}>
      <bdi className="truncate">{words}</bdi>
      {count !== undefined && <span>{formatCount(count)}</span>}
    </button>
  );
}
