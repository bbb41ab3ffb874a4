import type { AgentReport, Running, StateWord } from '../../../../../contract/fleet.ts';
import { openBadLines } from '../../../../state/agents.ts';
import { Badge, type Tone } from '../../../../ui/badge/Badge.tsx';
import { formatCount, formatCounted } from '../../../../ui/format.ts';
import { visibleText } from '../../../../ui/visible-text.ts';
import { RunLink } from '../../../runs/Figure.tsx';
import { loggedOffset, loggedTime } from '../../../runs/days.ts';
import { agentQuery } from '../../../runs/terms.ts';
import { notLoaded } from '../../pages.ts';
import { Fact, Facts } from '../../parts/Facts.tsx';
import { Count } from '../../parts/Count.tsx';
import { useScene } from '../../scene.ts';
import { EditLinks } from './EditLinks.tsx';

const WORDS: Record<StateWord, { readonly label: string; readonly tone: Tone }> = {
  ERROR: { label: 'Error', tone: 'bad' },
  STALE: { label: 'Stale', tone: 'warn' },
  WARN: { label: 'Warning', tone: 'warn' },
  OK: { label: 'OK', tone: 'ok' },
};

const RUNNING: Record<Running['state'], string> = {
  running: 'Running now',
  probably: 'Probably running',
  idle: 'Not running',
  unknown: 'Not known',
};

/** The state of an agent in a word and why, whether it runs and how that is known, and its last run. */
export function StateHead({ report }: { readonly report: AgentReport }) {
  const { source, agent, files, go } = useScene();
  const [first] = notLoaded(files.value ?? []);
  const { brief, recent } = report;
  const word = brief.word === null ? null : WORDS[brief.word];
  const last = brief.lastRun;
  const row = recent.find(({ id }) => id === last?.id) ?? null;
  return (
    <header className="ov-head">
      <div className="ov-title">
        <h2>
          <bdi>{visibleText(brief.name)}</bdi>
        </h2>
        {word !== null && <Badge tone={word.tone}>{word.label}</Badge>}
        {brief.logOnly && <Badge tone="warn">log only</Badge>}
        {brief.running.state === 'running' && <Badge tone="accent">running</Badge>}
      </div>
      <p className="ov-why">{visibleText(brief.wordWhy)}</p>
      <Facts wide>
        <Fact label="Running">
          {RUNNING[brief.running.state]}
          <span className="ov-how">{visibleText(brief.running.how)}</span>
        </Fact>
        <Fact label="Last run">
          {last === null ? (
            'no run is logged'
          ) : (
            <>
              <span title={last.ts}>{loggedTime(last.ts, 'full')}</span>{' '}
              <span className="ag-muted">{loggedOffset(last.ts) ?? 'without an offset'}</span>
              {last.status !== null && last.status !== 'ok' && (
                <>
                  {' '}
                  <Badge tone="bad">{visibleText(last.status)}</Badge>
                </>
              )}
              <span className="ov-how">
                {row !== null && <RunLink source={source} row={row} className="ag-link" />}
              </span>
            </>
          )}
        </Fact>
        <Fact label="Records">
          <Count query={agentQuery(agent)} value={brief.records} />
          {brief.badLines > 0 && (
            <button type="button" className="ov-how ag-link ag-bad" onClick={() => openBadLines(source)}>
              {formatCounted(brief.badLines, 'line')} of its logs can’t be used
            </button>
          )}
        </Fact>
        <Fact label="Not loaded">
          {brief.notLoaded > 0 && (
            <button
              type="button"
              className="ag-link ag-bad"
              onClick={() => (first === undefined ? go('memory') : go('file', first.path))}
            >
              {formatCounted(brief.notLoaded, 'file')}, and why
            </button>
          )}
        </Fact>
        <Fact label="Edit">
          <EditLinks />
        </Fact>
        <Fact label="Waiting">{brief.toAnswer > 0 && `${formatCount(brief.toAnswer)} to answer`}</Fact>
      </Facts>
    </header>
  );
}
