import { ChevronRight, CircleAlert, Info, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import type { LedgerFinding, LedgerWitness } from '../../../contract/ledger-report.ts';
import { findingKey, showEntry } from '../../state/ledgers.ts';
import { openExecution } from '../../state/tabs.ts';
import { Badge } from '../../ui/badge/Badge.tsx';
import { useSettings } from '../../state/settings.ts';
import { Button } from '../../ui/button/Button.tsx';
import { formatCount } from '../../ui/format.ts';
import { shortHash } from '../../ui/format.ts';
import { visibleText } from '../../ui/visible-text.ts';
import { nextStep } from '../ledger/findings/next.ts';
import { whenWords } from '../ledger/findings/when-words.ts';
import { doubtOf, findingEvidence, findingTitle, SURE_WORDS } from '../ledger/findings/words.ts';
import { agreeing } from './agreeing.ts';
import { Told } from '../ledger/Told.tsx';
import './findings.css';

type Props = {
  readonly source: string;
  readonly findings: readonly LedgerFinding[];
  /** draws the chain around an entry */
  readonly onChain: (seq: number) => void;
};

/** Findings that are drawn before a person asks for more. */
const FIRST = 60;
/** What a record says is cut here; the entry itself shows all of it. */
const MOST_SIGNS = 2000;

/** All findings in full, worst first: what is so, what was expected, since when, how sure, and how it is known. */
export function Findings({ source, findings, onChain }: Props) {
  const [shown, setShown] = useState(FIRST);
  const [open, setOpen] = useState<ReadonlySet<string>>(() => firstOpen(findings));
  const keys = findings.map((finding, index) => `${findingKey(finding)} ${index}`);
  const toggle = (key: string) =>
    setOpen((before) => {
      const next = new Set(before);
      if (!next.delete(key)) next.add(key);
      return next;
    });
  return (
    <section aria-labelledby="pf-findings" className="pf-part pf-findings">
      <h3 id="pf-findings">
        Findings <span className="pf-count">{formatCount(findings.length)}</span>
      </h3>
      {findings.length === 0 && <p className="pf-muted">The check found nothing to say.</p>}
      <ul>
        {findings.slice(0, shown).map((finding, index) => {
          const key = keys[index] ?? '';
          return (
            <Row
              key={key}
              source={source}
              finding={finding}
              open={open.has(key)}
              onToggle={() => toggle(key)}
              onChain={onChain}
            />
          );
        })}
      </ul>
      {findings.length > shown && (
        <Button size="small" look="link" onClick={() => setShown(shown + 200)}>
          Show {formatCount(Math.min(200, findings.length - shown))} of {formatCount(findings.length - shown)}{' '}
          more
        </Button>
      )}
    </section>
  );
}

/** The worst one stands open, so that its evidence is seen at once. */
const firstOpen = (findings: readonly LedgerFinding[]): ReadonlySet<string> => {
  const first = findings[0];
  return new Set(first === undefined || first.severity === 'notice' ? [] : [`${findingKey(first)} 0`]);
};

const ICON = { error: CircleAlert, warning: TriangleAlert, notice: Info } as const;
const TONE = { error: 'bad', warning: 'warn', notice: 'note' } as const;

type RowProps = {
  readonly source: string;
  readonly finding: LedgerFinding;
  readonly open: boolean;
  readonly onToggle: () => void;
  readonly onChain: (seq: number) => void;
};

function Row({ source, finding, open, onToggle, onChain }: RowProps) {
  const { severity, sure, seq, executionId } = finding;
  const Icon = ICON[severity];
  const title = findingTitle(finding);
  return (
    <li className={`pf-finding ${open ? 'pf-open' : ''}`}>
      <button type="button" className="pf-finding-head" aria-expanded={open} onClick={onToggle}>
        <ChevronRight className="icon pf-turn" size={14} aria-hidden />
        <Icon className={`icon in-${TONE[severity]}`} size={16} aria-label={severity} />
        <span className="pf-title">{title}</span>
        {severity !== 'notice' && <Badge title={SURE_WORDS[sure]}>{sure}</Badge>}
      </button>
      <div className="pf-finding-body">
        <p>
          <Told text={findingEvidence(finding)} />
        </p>
        {open && <Evidence finding={finding} />}
        <p className="pf-links">
          {seq !== null && finding.kind !== 'entry-missing' && finding.kind !== 'tail-missing' && (
            <Button look="link" size="small" onClick={() => showEntry(source, seq)}>
              Show entry {formatCount(seq)}
            </Button>
          )}
          {seq !== null && (
            <Button look="link" size="small" onClick={() => onChain(seq)}>
              Draw the chain here
            </Button>
          )}
          {executionId !== null && executionId !== '' && (
            <Button
              look="link"
              size="small"
              onClick={() => openExecution(source, executionId, visibleText(shortHash(executionId)))}
            >
              Open execution
            </Button>
          )}
        </p>
      </div>
    </li>
  );
}

function Evidence({ finding }: { readonly finding: LedgerFinding }) {
  const { expected, found, sure, because, agent, severity } = finding;
  const doubt = doubtOf(finding);
  const next = nextStep(finding);
  const when = whenWords(
    finding,
    useSettings((state) => state.time),
  );
  const isGap = finding.kind === 'entry-missing' || finding.kind === 'tail-missing';
  return (
    <>
      <dl className="pf-facts">
        {expected !== null && <Fact name="Should be" text={expected} beside={found} mono />}
        {found !== null && (
          <Fact
            name="Is"
            text={found}
            beside={expected}
            mono
            tone={severity === 'warning' ? 'warn' : 'bad'}
          />
        )}
        {agent !== null && <Fact name="Agent" text={agent} />}
        {doubt !== null && <Fact name={isGap ? 'Incomplete' : 'Not to be trusted'} text={doubt.words} />}
        {when !== null && <Fact name="When" text={when} />}
        <Fact name="How sure" text={SURE_WORDS[sure]} />
        {next !== null && <Fact name="What to do" text={next} />}
      </dl>
      {because.length > 0 && <Witnesses because={because} isGap={isGap} isProved={sure === 'proved'} />}
    </>
  );
}

type FactProps = {
  readonly name: string;
  readonly text: string;
  readonly beside?: string | null;
  readonly mono?: boolean;
  readonly tone?: 'bad' | 'warn' | null;
};

function Fact({ name, text, beside = null, mono = false, tone = null }: FactProps) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className={`${mono ? 'pf-mono' : ''} ${tone === null ? '' : `in-${tone}`}`}>
        <Told text={cut(text)} beside={beside === null ? [] : [cut(beside)]} />
      </dd>
    </div>
  );
}

const cut = (text: string): string =>
  text.length > MOST_SIGNS ? `${text.slice(0, MOST_SIGNS).toWellFormed()}…` : text;

/** What each record says about it, those that agree with what was expected first as they stand. */
type WitnessProps = {
  readonly because: readonly LedgerWitness[];
  readonly isGap: boolean;
  readonly isProved: boolean;
};

function Witnesses({ because, isGap, isProved }: WitnessProps) {
  const said = because.map(({ says }) => cut(says));
  const sentence = isGap || isProved ? '' : agreeing(because);
  return (
    <div className="pf-witnesses">
      <h4>How it is known</h4>
      {sentence !== '' && <p>{sentence}</p>}
      <table>
        <thead>
          <tr>
            <th scope="col">Record</th>
            <th scope="col">Says</th>
            <th scope="col">As expected</th>
          </tr>
        </thead>
        <tbody>
          {because.map(({ where, says, agrees }, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- a list that is only ever replaced as a whole
            <tr key={index}>
              <td>{visibleText(cut(where))}</td>
              <td>
                <Told text={cut(says)} beside={said} />
              </td>
              <td className={agrees ? '' : 'in-bad'}>{agrees ? 'yes' : 'no'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
