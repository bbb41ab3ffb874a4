import { useState } from 'react';
import type { DreamsPart } from '../../../../../contract/agent-parts.ts';
import { Badge, type Tone } from '../../../../ui/badge/Badge.tsx';
import { formatCount, formatCounted } from '../../../../ui/format.ts';
import { MiddleText } from '../../../../ui/middle/MiddleText.tsx';
import { Tabs } from '../../../../ui/tabs/Tabs.tsx';
import { visibleText } from '../../../../ui/visible-text.ts';
import { Money } from '../../../runs/Figure.tsx';
import { loggedTime } from '../../../runs/days.ts';
import { TwoFiles } from '../../diff/TwoFiles.tsx';
import { Fact, Facts } from '../../parts/Facts.tsx';
import { Findings } from '../../parts/Findings.tsx';
import { PageHead } from '../../parts/PageHead.tsx';
import { PartGate } from '../../parts/PartGate.tsx';
import { RowList } from '../../parts/RowList.tsx';
import { Split } from '../../parts/Split.tsx';
import { useScene } from '../../scene.ts';
import { FileText } from '../../text/FileText.tsx';
import { Command } from './Command.tsx';

type Dream = DreamsPart['dreams'][number];

const TONES: Record<string, Tone> = {
  completed: 'ok',
  failed: 'bad',
  canceled: 'warn',
  running: 'accent',
};

/** Memories that the agent proposes for itself, against the present one (§2.15). */
export function DreamsPage({ item }: { readonly item: string | null }) {
  return <PartGate part="dreams">{(part) => <Dreams part={part} item={item} />}</PartGate>;
}

function Dreams({ part, item }: { readonly part: DreamsPart; readonly item: string | null }) {
  const { go } = useScene();
  const chosen = part.dreams.find(({ path }) => path === item) ?? part.dreams[0] ?? null;
  const one = part.dreams.length === 1;
  const view = chosen !== null && <Shown key={chosen.path} dream={chosen} />;
  return (
    <>
      <PageHead
        title="Dreams"
        note={`${formatCounted(part.dreams.length, 'proposed memory', 'proposed memories')}; applying one is left to the command of the Python package`}
      />
      {one ? (
        <div className="ag-shown">{view}</div>
      ) : (
        <Split
          id="dreams"
          list={
            <RowList
              label="Dreams"
              items={part.dreams}
              keyOf={({ path }) => path}
              selected={chosen?.path ?? null}
              onSelect={(path) => go('dreams', path)}
              tall
              none="There is no dream."
            >
              {({ id, status, startedAt, appliedAt, changes }) => (
                <>
                  <span className="ag-row-title">
                    <span className="truncate">
                      {startedAt === null ? visibleText(id) : loggedTime(startedAt, 'full')}
                    </span>
                  </span>
                  <span className="ag-row-note">
                    <Badge tone={TONES[status] ?? 'neutral'}>{visibleText(status)}</Badge>{' '}
                    {formatCounted(changes.filter(({ change }) => change !== 'same').length, 'change')}
                    {appliedAt !== null && ', applied'}
                  </span>
                </>
              )}
            </RowList>
          }
        >
          {view}
        </Split>
      )}
    </>
  );
}

type Tab = 'changes' | 'report' | 'facts';

function Shown({ dream }: { readonly dream: Dream }) {
  const [tab, setTab] = useState<Tab>('changes');
  const changed = dream.changes.filter(({ change }) => change !== 'same');
  return (
    <div className="ag-note">
      <PageHead
        title={<bdi className="mono">{visibleText(dream.id)}</bdi>}
        badges={
          <>
            <Badge tone={TONES[dream.status] ?? 'neutral'}>{visibleText(dream.status)}</Badge>
            <Badge>{dream.appliedAt === null ? 'not applied' : 'applied'}</Badge>
          </>
        }
        note={dream.error === null ? null : <span className="ag-bad">{visibleText(dream.error)}</span>}
      />
      <Tabs<Tab>
        label="Dream"
        value={tab}
        onChange={setTab}
        items={[
          {
            id: 'changes',
            label: 'Proposed against present',
            note: formatCount(changed.length),
            panel: <Changes dream={dream} />,
          },
          ...(dream.reportPath === null
            ? []
            : [
                {
                  id: 'report' as const,
                  label: 'Report',
                  panel: <FileText path={dream.reportPath} form="read" />,
                },
              ]),
          { id: 'facts', label: 'Facts', panel: <DreamFacts dream={dream} /> },
        ]}
      />
      {dream.appliedAt === null && <Decision dream={dream} />}
    </div>
  );
}

/** Applying swaps whole folders under the agent’s own lock, so its command does that (§2.15). */
function Decision({ dream }: { readonly dream: Dream }) {
  const completed = dream.status === 'completed';
  return (
    <section className="cmd-box" aria-label="Apply or discard">
      <p className="cmd-why">
        The whole memory is swapped at once, under the agent’s own lock: only its command can do that safely.
        {!completed && ` It applies a completed dream only, and this one is ${visibleText(dream.status)}.`}
      </p>
      {completed && <Command label="Apply" module="dream" path={dream.path} args={['--apply', dream.id]} />}
      <Command label="Discard" module="dream" path={dream.path} args={['--discard', dream.id]} />
    </section>
  );
}

const SIGNS = { added: '+', removed: '−', changed: '≠', same: '=' } as const;
const CHANGES = { added: 'new', removed: 'left out', changed: 'changed', same: 'same' } as const;
const CHANGE_TONES = { added: 'ag-ok', removed: 'ag-bad', changed: 'ag-warn', same: 'ag-muted' } as const;
/** Changed files first. */
const ORDER = { changed: 0, added: 1, removed: 2, same: 3 } as const;

function Changes({ dream }: { readonly dream: Dream }) {
  const [file, setFile] = useState<string | null>(null);
  const changes = dream.changes.toSorted((a, b) => ORDER[a.change] - ORDER[b.change]);
  const chosen = changes.find((change) => change.file === file) ?? changes[0] ?? null;
  return (
    <Split
      id="dream-files"
      list={
        <RowList
          label="Files of the proposed memory"
          items={changes}
          keyOf={(change) => change.file}
          selected={chosen?.file ?? null}
          onSelect={setFile}
          none="The proposed memory holds nothing."
        >
          {({ file: name, change, added, removed }) => (
            <span className="ag-row-title">
              <span className={`ag-sign ${CHANGE_TONES[change]}`} aria-hidden>
                {SIGNS[change]}
              </span>
              <span className="ag-middle mono" aria-hidden>
                <MiddleText text={name} tail={10} />
              </span>
              <span className="visually-hidden">{visibleText(name)}</span>
              <span className="ag-row-end">
                {change === 'same' ? (
                  'same'
                ) : (
                  <>
                    <span className="visually-hidden">{CHANGES[change]}, </span>
                    {added > 0 && <span className="ag-ok">+{added}</span>}{' '}
                    {removed > 0 && <span className="ag-bad">−{removed}</span>}
                  </>
                )}
              </span>
            </span>
          )}
        </RowList>
      }
    >
      {chosen !== null && (
        <TwoFiles
          key={chosen.file}
          old={{ path: chosen.beforePath, title: 'Present' }}
          now={{ path: chosen.afterPath, title: 'Proposed' }}
          none={chosen.beforePath === null ? 'not there yet' : 'left out'}
          columns={false}
        />
      )}
    </Split>
  );
}

const list = (files: readonly string[]): string => files.map(visibleText).join(', ');

function DreamFacts({ dream }: { readonly dream: Dream }) {
  return (
    <div className="ag-scroll ag-part">
      <Findings findings={dream.findings} />
      <Facts>
        <Fact label="Model">{visibleText(dream.model ?? '')}</Fact>
        <Fact label="Instructions">{visibleText(dream.instructions ?? '')}</Fact>
        <Fact label="Started">{dream.startedAt !== null && loggedTime(dream.startedAt, 'full')}</Fact>
        <Fact label="Ended">{dream.endedAt !== null && loggedTime(dream.endedAt, 'full')}</Fact>
        <Fact label="Applied">{dream.appliedAt === null ? 'no' : loggedTime(dream.appliedAt, 'full')}</Fact>
        <Fact label="Cost">
          <Money micros={dream.costMicros} />
        </Fact>
        <Fact label="Consolidated">{list(dream.consolidated)}</Fact>
        <Fact label="Promoted">{list(dream.promoted)}</Fact>
        <Fact label="Marked stale">{list(dream.markedStale)}</Fact>
      </Facts>
    </div>
  );
}
