import { FileText, List } from 'lucide-react';
import { useState } from 'react';
import type { Escalation } from '../../../../contract/escalations.ts';
import { openAgent, openRuns } from '../../../state/agents.ts';
import { askEdit } from '../../../state/edit-form.ts';
import { Badge } from '../../../ui/badge/Badge.tsx';
import { Button } from '../../../ui/button/Button.tsx';
import { CopyButton } from '../../../ui/copy/CopyButton.tsx';
import { Tabs } from '../../../ui/tabs/Tabs.tsx';
import { visibleText } from '../../../ui/visible-text.ts';
import { Findings } from '../../agent/parts/Findings.tsx';
import { Fact, Facts } from '../../agent/parts/Facts.tsx';
import { openFile } from '../../fleet/open.ts';
import { Figure } from '../../runs/Figure.tsx';
import { loggedOffset, loggedTime } from '../../runs/days.ts';
import { setEscalationForm } from '../state.ts';
import { AnswerForm } from '../answer/AnswerForm.tsx';
import { ageWords, autoWords, classWords, notTaken, VERDICTS, waits } from '../words.ts';
import { HashCheck } from './HashCheck.tsx';
import { JsonText } from './JsonText.tsx';
import { RawText } from './RawText.tsx';
import { Resolutions } from './Resolutions.tsx';

type Props = { readonly source: string; readonly one: Escalation };

/** One escalation: what is proposed, why the judge passed it on, whether it is still what was judged, what was answered. */
export function Detail({ source, one }: Props) {
  const [tab, setTab] = useState<'proposal' | 'file'>('proposal');
  const verdict = VERDICTS[one.verdict];
  const toLine = (line: number) => openFile(source, one.agent, one.path, line);
  return (
    <article className="es-detail" aria-label={`Escalation of ${one.tool ?? one.proposalId}`}>
      <header className="es-head">
        <div className="es-head-line">
          <h2 className="mono truncate" title={one.tool ?? undefined}>
            <bdi>{visibleText(one.tool ?? 'no tool can be read')}</bdi>
          </h2>
          <Badge tone={verdict.tone}>{verdict.label}</Badge>
          <Badge tone={one.actionClass === 'high_risk' ? 'bad' : 'neutral'}>
            {visibleText(classWords(one.actionClass))}
          </Badge>
          {one.executed && <Badge>final</Badge>}
        </div>
        <p className="es-means">{verdict.means}</p>
        {waits(one) && <p className="es-means es-strong">{autoWords(one)}</p>}
        {notTaken(one) && <p className="es-means es-strong">The answer waits for the agent’s next poll.</p>}
        {one.executed && (
          <p className="es-means">
            The runtime has acted on the answer and left its marker beside the file: nothing changes any more.
          </p>
        )}
      </header>
      <Tabs<'proposal' | 'file'>
        label="Parts of the escalation"
        value={tab}
        onChange={setTab}
        items={[
          {
            id: 'proposal',
            label: 'Proposal',
            panel: <Proposal source={source} one={one} onLine={toLine} />,
          },
          { id: 'file', label: 'As written', panel: <RawText source={source} path={one.path} /> },
        ]}
      />
      {waits(one) && one.closed === null && <AnswerForm source={source} one={one} />}
      <footer className="es-actions">
        <p className="es-answer">
          {waits(one) && one.closed !== null && (
            <>
              <strong>It can’t be answered here.</strong> {visibleText(one.closed)}
            </>
          )}
        </p>
        {one.ignored !== null && (
          <Button look="primary" onClick={() => letCount(source, one)}>
            Let that answer count…
          </Button>
        )}
        <Button icon={List} onClick={() => openRuns(source, one.query)}>
          Show its records
        </Button>
        <Button icon={FileText} onClick={() => openFile(source, one.agent, one.path)}>
          Open the file
        </Button>
      </footer>
    </article>
  );
}

/** Changes the state only: the answer stands in the file already. */
function letCount(source: string, { path, ignored, proposalSha256 }: Escalation): void {
  if (ignored === null || proposalSha256 === null) return;
  askEdit({
    source,
    change: { do: 'resolve', path, proposal: proposalSha256, ...ignored, note: null, amendment: null },
    done: () => setEscalationForm(source, { path }),
  });
}

type PartProps = Props & { readonly onLine: (line: number) => void };

function Proposal({ source, one, onLine }: PartProps) {
  return (
    <div className="es-scroll">
      {one.findings.length > 0 && (
        <section className="es-part" aria-label="What is odd">
          <Findings findings={one.findings} onLine={onLine} />
        </section>
      )}
      <section className="es-part" aria-label="Arguments">
        <h3>
          Arguments
          {one.argumentsText !== null && (
            <CopyButton text={() => one.argumentsText ?? ''} label="Copy the arguments" />
          )}
        </h3>
        {one.argumentsText === null ? (
          <p className="es-quiet">There are none that can be read.</p>
        ) : (
          <JsonText text={one.argumentsText} label="Arguments of the call" />
        )}
        <HashCheck one={one} />
      </section>
      <section className="es-part" aria-label="Reason of the judge">
        <h3>Why the judge passed it on</h3>
        {one.reason === '' ? (
          <p className="es-quiet">No reason is written.</p>
        ) : (
          <p className="es-reason">{lines(one.reason)}</p>
        )}
      </section>
      <Resolutions one={one} onLine={onLine} />
      <section className="es-part" aria-label="Facts">
        <h3>Facts</h3>
        <FactsOf source={source} one={one} />
      </section>
      {one.proposalText !== null && (
        <details className="es-part es-whole">
          <summary>The whole proposal</summary>
          <JsonText text={one.proposalText} label="The whole proposal" />
        </details>
      )}
    </div>
  );
}

const lines = (text: string): string => text.split('\n').map(visibleText).join('\n');

function FactsOf({ source, one }: Props) {
  const offset = one.escalatedAt === null ? null : loggedOffset(one.escalatedAt);
  return (
    <Facts wide>
      <Fact label="Agent">
        <button type="button" className="figure es-link" onClick={() => openAgent(source, one.agent)}>
          <bdi>{visibleText(one.agent)}</bdi>
        </button>
      </Fact>
      <Fact label="Run">
        {one.parentRunId !== null && (
          <Figure source={source} query={one.query} label="Show its records" className="es-link mono">
            {visibleText(one.parentRunId)}
          </Figure>
        )}
      </Fact>
      <Fact label="Passed on">
        {one.escalatedAt !== null && (
          <span title={one.escalatedAt}>
            {loggedTime(one.escalatedAt, 'full')}{' '}
            <span className="es-quiet">
              {offset ?? 'no offset'}
              {one.ageSeconds !== null && `, ${ageWords(one.ageSeconds)} ago`}
            </span>
          </span>
        )}
      </Fact>
      <Fact label="Judge">{one.judgeId === null ? null : visibleText(one.judgeId)}</Fact>
      <Fact label="Policy version">{one.policyVersion}</Fact>
      <Fact label="If nobody answers">
        {one.autoDecide !== null && (
          <>
            {autoWords(one)} <span className="es-quiet">From {visibleText(one.autoDecide.from)}.</span>
          </>
        )}
      </Fact>
      <Fact label="State">{visibleText(one.state)}</Fact>
      <Fact label="Proposal">
        <span className="mono">{visibleText(one.proposalId)}</span>
      </Fact>
      {one.facts.map(({ label, value }) => (
        <Fact key={label} label={label}>
          {visibleText(value)}
        </Fact>
      ))}
    </Facts>
  );
}
