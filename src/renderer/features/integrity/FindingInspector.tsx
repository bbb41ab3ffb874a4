import { useEffect, useMemo, useState } from 'react';
import type { Result } from '../../../contract/failure.ts';
import type { Chain, Finding, Integrity } from '../../../contract/integrity.ts';
import { attempt } from '../../app/client.ts';
import { api } from '../../app/engine.ts';
import { useIntegrity } from '../../app/integrity.ts';
import { useSelectedFinding } from '../../state/integrity.ts';
import { revealCall } from '../../state/selection.ts';
import { openGraph } from '../../state/tabs.ts';
import { useOverview, useSource } from '../../state/workspace.ts';
import { Button } from '../../ui/button/Button.tsx';
import { SkeletonRows } from '../../ui/skeleton/Skeleton.tsx';
import { formatCount, formatCounted, shortHash } from '../../ui/format.ts';
import { visibleText } from '../../ui/visible-text.ts';
import { findingActions } from './actions.ts';
import { AboutEvidence } from './AboutEvidence.tsx';
import { ChainDrawing } from './ChainDrawing.tsx';
import { KindIcon, severityWords } from './kind-icon.tsx';
import { RescueTag } from './RescueTag.tsx';
import { GROUPED_FROM, keyed, partOf } from './rows.ts';
import { KIND_WORDS, titleOf } from './words.ts';
import './inspector.css';

/** Beside the integrity view: how the selected finding is known, the chain around it, and the repair with its preview. */
export function FindingInspector({ source }: { readonly source: string }) {
  const { value } = useIntegrity(source);
  const selected = useSelectedFinding(source);
  const findings = useMemo(() => (value === null ? null : keyed(value.findings)), [value]);
  if (value === null || findings === null) return <SkeletonRows rows={4} label="Reading what is known" />;
  if (findings.size === 0) return <AboutEvidence source={source} checked={value.check !== null} />;
  const finding = chosen(findings, selected);
  if (finding === null) return null;
  return <Explained key={selected ?? ''} source={source} finding={finding} value={value} />;
}

/** The selected finding, the first of a selected group, or the first of all. */
function chosen(findings: ReadonlyMap<string, Finding>, selected: string | null): Finding | null {
  const exact = selected === null ? undefined : findings.get(selected);
  if (exact !== undefined) return exact;
  const kind = selected?.startsWith('group ') === true ? selected.slice('group '.length) : null;
  const all = [...findings.values()];
  return all.find((finding) => finding.kind === kind) ?? all[0] ?? null;
}

type ExplainedProps = { readonly source: string; readonly finding: Finding; readonly value: Integrity };

const ON_A_CHAIN: ReadonlySet<Finding['kind']> = new Set([
  'parent-missing',
  'merge-parent-missing',
  'node-altered',
  'tool-odd',
  'time-form',
]);

function Explained({ source, finding, value }: ExplainedProps) {
  const words = KIND_WORDS[finding.kind];
  const part = partOf(finding, value);
  // in a row of its own the table says in full what it means
  const grouped = (value.kinds.find(({ kind }) => kind === finding.kind)?.count ?? 0) >= GROUPED_FROM;
  const path = useSource(source)?.path ?? '';
  const overview = useOverview(source).value;
  const chain = useChain(source, ON_A_CHAIN.has(finding.kind) ? finding.hash : null, value.revision);
  const actions = findingActions(finding, { source, path, overview, part })
    .filter((action) => action.quiet !== true && !action.label.startsWith('Tag the'))
    .slice(0, 2);
  return (
    <div className="fi" aria-label="Finding">
      <header className="fi-head">
        <h2>
          <KindIcon kind={finding.kind} severity={finding.severity} />
          {titleOf(finding)}
        </h2>
        <p>
          <bdi>{words.where(finding)}</bdi>
        </p>
      </header>
      <div className="fi-scroll">
        {chain !== null && (
          <section className="fi-part" aria-label="Chain">
            <ChainDrawing chain={chain} finding={finding} part={part} />
            {chain.refCount > 0 && <Affected chain={chain} />}
          </section>
        )}
        <section className="fi-part" aria-labelledby="fi-know">
          <h3 id="fi-know">How we know</h3>
          <p>{words.know(finding)}</p>
          <Facts finding={finding} />
        </section>
        {grouped && (
          <section className="fi-part" aria-labelledby="fi-means">
            <h3 id="fi-means">What it means</h3>
            <p>{words.means(finding, { part })}</p>
          </section>
        )}
        <Users source={source} finding={finding} />
        {part !== null && <RescueTag key={part.hash} source={source} part={part} />}
      </div>
      {actions.length > 0 && (
        <footer className="fi-actions">
          {actions.map(({ label, icon, run, blocked, danger }) => (
            <Button
              key={label}
              onClick={run}
              look={danger === true ? 'danger' : 'secondary'}
              disabled={typeof blocked === 'string'}
              {...(icon === undefined ? {} : { icon })}
              {...(typeof blocked === 'string' ? { title: blocked } : {})}
            >
              {label}
            </Button>
          ))}
        </footer>
      )}
    </div>
  );
}

/** The chain around a call; asked for again when the store changed. */
function useChain(source: string, hash: string | null, revision: number): Chain | null {
  const [answer, setAnswer] = useState<{ readonly hash: string; readonly result: Result<Chain> } | null>(
    null,
  );
  useEffect(() => {
    if (hash === null) return undefined;
    let current = true;
    const ask = async () => {
      const result = await attempt(api.vek.chain({ source, hash }));
      if (current) setAnswer({ hash, result });
    };
    void ask();
    return () => {
      current = false;
    };
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- a new revision is a new answer
  }, [source, hash, revision]);
  return answer?.hash === hash && answer.result.ok ? answer.result.value : null;
}

function Affected({ chain: { refs, refCount } }: { readonly chain: Chain }) {
  const more = refCount - refs.length;
  return (
    <p className="fi-affected">
      In the history of{' '}
      {refs.map((name, index) => (
        <span key={name}>
          {index > 0 && ', '}
          <bdi>{visibleText(name)}</bdi>
        </span>
      ))}
      {more > 0 && ` and ${formatCount(more)} more`}.
    </p>
  );
}

function Facts({ finding: { hash, facts, severity, kind } }: { readonly finding: Finding }) {
  const rows: (readonly [string, string])[] = [];
  if (hash !== null && kind !== 'ref-dangling') rows.push(['Stored as', hash]);
  if (facts?.computed !== undefined) rows.push(['Recomputed', facts.computed]);
  if (facts?.named !== undefined && kind !== 'index-damaged' && kind !== 'more')
    rows.push(['Names', facts.named]);
  const where = [
    ...(facts?.table === undefined ? [] : [`table ${facts.table}`]),
    ...(facts?.row === undefined ? [] : [`row ${formatCount(facts.row)}`]),
  ];
  return (
    <dl className="fi-facts">
      {rows.map(([name, text]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd className="fi-hash">
            <bdi>{visibleText(text)}</bdi>
          </dd>
        </div>
      ))}
      {where.length > 0 && (
        <div>
          <dt>Found in</dt>
          <dd>{where.join(', ')}</dd>
        </div>
      )}
      <div>
        <dt>Severity</dt>
        <dd>{severityWords(severity)}</dd>
      </div>
    </dl>
  );
}

function Users({ source, finding: { facts, kind } }: { readonly source: string; readonly finding: Finding }) {
  const calls = facts?.calls ?? [];
  if (calls.length === 0) return null;
  const uses = facts?.uses ?? calls.length;
  const show = (hash: string) => {
    openGraph(source);
    revealCall(source, hash);
  };
  return (
    <section className="fi-part" aria-labelledby="fi-users">
      <h3 id="fi-users">
        {kind === 'cycle' ? 'Calls in the circle' : `Used by ${formatCounted(uses, 'call')}`}
      </h3>
      <ul className="fi-users">
        {calls.map((hash, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- one call may use an object as input and as output
          <li key={`${hash} ${index}`}>
            <button type="button" className="hash hash-link" title={hash} onClick={() => show(hash)}>
              {shortHash(hash)}
            </button>
          </li>
        ))}
      </ul>
      {uses > calls.length && <p>{formatCount(uses - calls.length)} more are not listed.</p>}
    </section>
  );
}
