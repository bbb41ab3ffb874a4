import { ExternalLink, LocateFixed, X } from 'lucide-react';
import { useRef, useState, type ReactNode } from 'react';
import type { Failure } from '../../../../contract/failure.ts';
import type { RecordDetail, RunTree } from '../../../../contract/records.ts';
import { selectRecord } from '../../../state/agents.ts';
import { revealRecord } from '../../../state/runs.ts';
import { openRecordTab } from '../../../state/tabs.ts';
import { Badge } from '../../../ui/badge/Badge.tsx';
import { Button, IconButton } from '../../../ui/button/Button.tsx';
import { Tabs } from '../../../ui/tabs/Tabs.tsx';
import { visibleText } from '../../../ui/visible-text.ts';
import { recordTitle } from '../Figure.tsx';
import { MARK_WORDS, statusTone } from '../words.ts';
import { FamilyTree } from './FamilyTree.tsx';
import { RawLine } from './RawLine.tsx';
import { RecordFacts } from './RecordFacts.tsx';
import { RecordLinks } from './RecordLinks.tsx';
import './record.css';
import '../table/table.css';

type Props = {
  readonly source: string;
  readonly detail: RecordDetail;
  /** why it could not be read again; what is shown is then what was read before */
  readonly error: Failure | null;
  readonly where: 'inspector' | 'tab';
};

type Part = 'facts' | 'line';

/** One record: what it says, what its marks mean, what it started, and its line. The same beside the rows and as a tab. */
export function RecordPanel({ source, detail, error, where }: Props) {
  const [part, setPart] = useState<Part>('facts');
  const panel = useRef<HTMLDivElement>(null);
  const { row } = detail;
  // beside other views the panel goes to the record, as a tab it stays and opens another one
  const open = (id: string, title: string) => {
    if (where === 'tab') openRecordTab(source, id, visibleText(title));
    else selectRecord(source, id);
  };
  const openNode = ({ row: of }: RunTree) => open(of.id, recordTitle(of));
  const line = <RawLine key={detail.id} detail={detail} place={`record-${where}`} panel={panel} />;
  const facts = (
    <div className="rd-body">
      {row !== null && <RecordFacts source={source} detail={detail} row={row} onOpen={open} />}
      {row !== null && row.marks.length > 0 && (
        <Section title={row.marks.length === 1 ? 'What is unusual' : 'What is unusual about it'}>
          <ul className="rd-marks">
            {row.marks.map((mark) => (
              <li key={mark}>
                <Badge tone={MARK_WORDS[mark].tone}>{MARK_WORDS[mark].word}</Badge>
                <span>{MARK_WORDS[mark].means}</span>
              </li>
            ))}
          </ul>
        </Section>
      )}
      {row !== null && (
        <Section title="Family">
          <FamilyTree source={source} id={detail.id} onOpen={openNode} />
        </Section>
      )}
      {(detail.links.length > 0 || (detail.linkNotes?.length ?? 0) > 0) && (
        <Section title="Also recorded elsewhere">
          <RecordLinks links={detail.links} />
          {detail.linkNotes?.map((note) => (
            <p key={note} className="rd-muted">
              {note}
            </p>
          ))}
        </Section>
      )}
    </div>
  );
  return (
    <div
      ref={panel}
      className={`rd-panel rd-${where}`}
      tabIndex={-1}
      data-key-scope={`record-${where}`}
      {...(where === 'tab' ? { 'data-key-default': '' } : {})}
    >
      <header className="rd-head">
        <h2 className="rd-title" title={row === null ? undefined : visibleText(row.summary)}>
          <bdi>{row === null ? 'A line that is no record' : recordTitle(row)}</bdi>
        </h2>
        {row !== null && row.status !== null && row.status !== 'ok' && (
          <Badge tone={BADGE_TONES[statusTone(row.status)]}>{visibleText(row.status)}</Badge>
        )}
        <span className="rd-actions">
          {row !== null && where === 'inspector' && (
            <Button
              size="small"
              look="quiet"
              icon={ExternalLink}
              onClick={() => openRecordTab(source, detail.id, recordTitle(row))}
            >
              Open
            </Button>
          )}
          {where === 'inspector' && (
            <IconButton
              icon={X}
              size="small"
              label="Close the record"
              onClick={() => selectRecord(source, null)}
            />
          )}
          {row !== null && where === 'tab' && (
            <Button
              size="small"
              icon={LocateFixed}
              onClick={() => {
                selectRecord(source, detail.id);
                revealRecord(source);
              }}
            >
              Show among the runs
            </Button>
          )}
        </span>
      </header>
      {row === null && <p className="rd-why">{detail.recomputedHow.join(' ')}</p>}
      {error !== null && <p className="rd-unread">This is what was read before. {error.message}</p>}
      {where === 'tab' || row === null ? (
        <div className={row === null ? 'rd-one' : 'rd-two'}>
          {row !== null && facts}
          {line}
        </div>
      ) : (
        <Tabs<Part>
          label="Record"
          value={part}
          onChange={setPart}
          items={[
            { id: 'facts', label: 'Record', panel: facts },
            { id: 'line', label: 'Line', panel: line },
          ]}
        />
      )}
    </div>
  );
}

const BADGE_TONES = { plain: 'neutral', muted: 'neutral', warn: 'warn', bad: 'bad' } as const;

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="rd-section" aria-label={title}>
      <h3>{title}</h3>
      {children}
    </section>
  );
}
