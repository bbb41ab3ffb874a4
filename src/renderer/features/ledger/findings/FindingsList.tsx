import { CircleAlert, ChevronDown, ChevronRight, Info, TriangleAlert, Unlink } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { LedgerFinding } from '../../../../contract/ledger-report.ts';
import { findingKey, type LedgerSelection } from '../../../state/ledgers.ts';
import { useSettings } from '../../../state/settings.ts';
import { Badge } from '../../../ui/badge/Badge.tsx';
import { Button } from '../../../ui/button/Button.tsx';
import { formatCount, formatCounted } from '../../../ui/format.ts';
import { hintText, visibleText } from '../../../ui/visible-text.ts';
import { Told } from '../Told.tsx';
import { FindingValues } from './FindingValues.tsx';
import { FIRST_FINDINGS, isAbout, selectionOf, splitFindings } from './pick.ts';
import { whenWords } from './when-words.ts';
import { findingEvidence, findingTitle, noticeWords, SURE_WORDS } from './words.ts';
import './findings.css';

type Props = {
  readonly findings: readonly LedgerFinding[];
  /** whose account is shown: findings about others stand back; null: all */
  readonly agent: string | null;
  readonly selected: LedgerSelection | null;
  readonly onShow: (finding: LedgerFinding) => void;
};

/** What does not add up, errors first: what is so and the evidence in short. Notices are one line until they are asked for. */
export function FindingsList({ findings, agent, selected, onShow }: Props) {
  const [all, setAll] = useState(false);
  const [noticed, setNoticed] = useState(false);
  const { problems, notices } = splitFindings(findings);
  const isOther = (finding: LedgerFinding) =>
    agent !== null && finding.agent !== null && finding.agent !== agent;
  const few = problems.length <= FIRST_FINDINGS + 1;
  const shown = all || few ? problems : problems.slice(0, FIRST_FINDINGS);
  if (findings.length === 0) return null;
  return (
    <section
      className="lg-findings"
      aria-label="Findings"
      data-key-scope="ledger-findings"
      data-few={problems.length <= 2 || undefined}
    >
      <ul>
        {shown.map((finding) => (
          <Row
            key={`${findingKey(finding)} ${problems.indexOf(finding)}`}
            finding={finding}
            other={isOther(finding)}
            selected={isAbout(finding, selected)}
            onShow={onShow}
          />
        ))}
        {!few && (
          <li className="lg-finding-more">
            <Button size="small" look="link" aria-expanded={all} onClick={() => setAll(!all)}>
              {all
                ? 'Show the first ones only'
                : `Show all ${formatCounted(problems.length, 'finding')}, ${formatCount(problems.length - shown.length)} more`}
            </Button>
          </li>
        )}
        {notices.length > 0 && (
          <li className="lg-notices">
            <button
              type="button"
              className="lg-notices-head"
              aria-expanded={noticed}
              onClick={() => setNoticed(!noticed)}
            >
              {noticed ? (
                <ChevronDown className="icon" size={14} aria-hidden />
              ) : (
                <ChevronRight className="icon" size={14} aria-hidden />
              )}
              {formatCounted(notices.length, 'notice')}
              {!noticed && <span className="lg-notices-words truncate">{noticeWords(notices)}</span>}
            </button>
          </li>
        )}
        {noticed &&
          notices.map((finding) => (
            <Row
              key={`${findingKey(finding)} ${notices.indexOf(finding)}`}
              finding={finding}
              other={isOther(finding)}
              selected={isAbout(finding, selected)}
              onShow={onShow}
            />
          ))}
      </ul>
    </section>
  );
}

type RowProps = {
  readonly finding: LedgerFinding;
  /** about another agent than the one that is shown */
  readonly other: boolean;
  readonly selected: boolean;
  readonly onShow: (finding: LedgerFinding) => void;
};

function Row({ finding, other, selected, onShow }: RowProps) {
  const { severity } = finding;
  const title = findingTitle(finding);
  const when = whenWords(
    finding,
    useSettings((state) => state.time),
  );
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (selected) row.current?.scrollIntoView({ block: 'nearest' });
  }, [selected]);
  return (
    <li
      ref={row}
      className="lg-finding"
      data-severity={severity}
      data-selected={selected || undefined}
      data-other={other || undefined}
    >
      <FindingIcon finding={finding} />
      <span className="lg-finding-words">
        <span className="lg-finding-head">
          <strong>{title}</strong>{' '}
          {severity !== 'notice' && <Badge title={SURE_WORDS[finding.sure]}>{finding.sure}</Badge>}
          {finding.agent !== null && !title.includes(visibleText(finding.agent)) && (
            <bdi className="lg-finding-agent truncate" title={hintText(finding.agent)}>
              {visibleText(finding.agent).slice(0, 200)}
            </bdi>
          )}
          {when !== null && severity !== 'notice' && <span className="lg-finding-when">{when}</span>}
        </span>
        <FindingValues finding={finding} />
        <span className="lg-finding-why">
          <Told text={findingEvidence(finding)} />
        </span>
      </span>
      <Button
        size="small"
        look="link"
        className="lg-finding-show"
        aria-label={`${SHOW_WORDS[selectionOf(finding).kind]}: ${title}`}
        onClick={() => onShow(finding)}
      >
        {SHOW_WORDS[selectionOf(finding).kind]}
      </Button>
    </li>
  );
}

const SHOW_WORDS = { entry: 'Show entry', execution: 'Show execution', finding: 'Explain' } as const;

const SEVERITY_WORDS = { error: 'Error', warning: 'Warning', notice: 'Notice' } as const;

const CHAIN_KINDS: ReadonlySet<LedgerFinding['kind']> = new Set([
  'entry-altered',
  'entry-replaced',
  'entry-missing',
  'tail-missing',
  'entries-reordered',
  'chain-broken',
]);

/** The sign of a finding in the colour of its severity, which screen readers hear in words. */
export function FindingIcon({ finding: { kind, severity } }: { readonly finding: LedgerFinding }) {
  const Icon =
    severity === 'notice'
      ? Info
      : CHAIN_KINDS.has(kind)
        ? Unlink
        : severity === 'error'
          ? CircleAlert
          : TriangleAlert;
  return (
    <span className="lg-finding-icon" data-severity={severity}>
      <Icon className="icon" size={14} aria-hidden />
      <span className="visually-hidden">{SEVERITY_WORDS[severity]}:</span>
    </span>
  );
}
