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
import { withLedgerTerm } from '../../../../core/aex/query/query.ts';
import { IS_WORDS, type Is } from '../../../../core/aex/query/words.ts';
import { viewOf } from '../query/view.ts';
import { TYPE_WORDS } from './type-words.ts';

type Props = {
  readonly source: string;
  readonly look: LedgerLook;
  /** false: no check counts, so nothing is known of findings */
  readonly checked: boolean;
};

const FACET_WORDS: Readonly<Record<LedgerFacetKey, string>> = {
  is: 'Anomalies',
  agent: 'Agent',
  type: 'Type',
  model: 'Model',
  reason: 'Reason',
  tool: 'Tool',
  day: 'Day',
  outcome: 'How it ended',
};

/** What is unusual, in words. The first five are listed even where no entry is that, for then that is the answer. */
const ODD_WORDS: ReadonlyMap<string, string> = new Map([
  ['finding', 'With a finding'],
  ['overrun', 'Overruns'],
  ['denied', 'Denials'],
  ['open', 'Open reservations'],
  ['free', 'Free of charge'],
  ['expired', 'Expired reservations'],
  ['other-price', 'Not at the listed price'],
  ['recovered', 'Released at a start'],
  ['clock-back', 'Earlier than the entry before'],
  ['odd', 'Odd payloads'],
  ['inexact', 'Inexact amounts'],
  ['undated', 'Without a readable time'],
] satisfies readonly (readonly [Is, string])[]);
const ALWAYS = 5;
const HELP: ReadonlyMap<string, string> = new Map(IS_WORDS.map(({ value, help }) => [value, help]));

/** How many values of a key are listed; the field finds the others. */
const MOST_VALUES = 8;

/** The values that the entries of the view have, with how many; one of them narrows the view. */
export function Facets({ source, look, checked }: Props) {
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
            {open && <Values source={source} look={look} checked={checked} onChoose={ask} />}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

function Values({ source, look, checked, onChoose }: Props & { readonly onChoose: (query: string) => void }) {
  const [known, setKnown] = useState<Readonly<Partial<Record<LedgerFacetKey, readonly LedgerFacet[]>>>>({});
  const { agent } = look;
  // counted within the stretch of time that is shown, which stays chosen beside the query
  const { query } = viewOf(look);
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
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- a check changes what has a finding
  }, [source, agent, query, checked]);
  return LEDGER_FACETS.map((key) => {
    const values = known[key];
    const choose = (value: string): void => onChoose(withLedgerTerm(look.query, key, value));
    if (key === 'is') return <Anomalies key={key} values={values} checked={checked} onChoose={choose} />;
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
                note={formatCount(facet.entries)}
                title={`${hintText(facet.value)}\n${formatMoney(facet.spentMicro)} spent`}
                onChoose={() => choose(facet.value)}
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

type AnomaliesProps = {
  readonly values: readonly LedgerFacet[] | undefined;
  readonly checked: boolean;
  readonly onChoose: (value: string) => void;
};

function Anomalies({ values, checked, onChoose }: AnomaliesProps) {
  const counts = new Map(values?.map(({ value, entries }) => [value, entries]));
  return (
    <Group title={FACET_WORDS.is}>
      {[...ODD_WORDS].map(([value, words], at) => {
        const count = counts.get(value);
        if (at >= ALWAYS && (count ?? 0) === 0) return null;
        const unknown = value === 'finding' && !checked;
        return (
          <Value
            key={value}
            words={words}
            {...(unknown ? { note: 'not checked' } : count === undefined ? {} : { note: formatCount(count) })}
            title={HELP.get(value) ?? ''}
            none={count === 0 || unknown}
            onChoose={() => onChoose(value)}
          />
        );
      })}
    </Group>
  );
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
  /** how many, or why that is not known */
  readonly note?: string;
  readonly title?: string;
  /** choosing it would show nothing */
  readonly none?: boolean;
  readonly onChoose: () => void;
};

function Value({ words, note, title, none = false, onChoose }: ValueProps) {
  return (
    <button type="button" className="lb-facet-value" title={title} disabled={none} onClick={onChoose}>
      <bdi className="truncate">{words}</bdi>
      {note !== undefined && <span>{note}</span>}
    </button>
  );
}
