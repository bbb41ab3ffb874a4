import { TriangleAlert } from 'lucide-react';
import { useEffect, useMemo, useRef } from 'react';
import { Group, Panel, Separator } from 'react-resizable-panels';
import type { LedgerFinding } from '../../../contract/ledger-report.ts';
import type { LedgerOverview } from '../../../contract/ledger.ts';
import { verifyLedger } from '../../app/ledger-check.ts';
import { useLedgerReport } from '../../app/ledger-report.ts';
import { useLedgerOverview } from '../../app/ledgers.ts';
import { showInspector } from '../../app/shell/panes.ts';
import { useCheckStore } from '../../state/check.ts';
import { setLook, useLook } from '../../state/ledgers.ts';
import { loadPart, savePart } from '../../state/persist.ts';
import { visibleText } from '../../ui/visible-text.ts';
import { FindingsList } from './findings/FindingsList.tsx';
import { selectionOf, splitFindings, stepFinding } from './findings/pick.ts';
import { AccountHead } from './head/AccountHead.tsx';
import { ChainStrip } from './head/ChainStrip.tsx';
import { statementOf } from './statement/models.ts';
import { lineOfSelection } from './statement/select.ts';
import { Statement } from './statement/Statement.tsx';
import { LEDGER_SCOPE, useStatementKeys } from './statement/use-statement-keys.ts';
import { useRoom } from './use-room.ts';
import { LedgerTimeline } from './timeline/LedgerTimeline.tsx';
import './ledger.css';

/** The statement of a ledger: whose money, what does not add up, how far the chain holds, the chart, the entries. */
export function LedgerView({ source }: { readonly source: string }) {
  const { value } = useLedgerOverview(source);
  return value === null ? null : <Ledger source={source} overview={value} />;
}

/** Up to so many entries are checked unasked: it takes a second or two. */
const CHECK_UNASKED = 200_000;
const HEIGHT_PART = 'ledger-timeline-height';
/** In pixels: the bar, the head and five entries; the chart with its overview. */
const LEAST_STATEMENT = 216;
const LEAST_TIMELINE = 140;

type Props = { readonly source: string; readonly overview: LedgerOverview };

const NONE: readonly LedgerFinding[] = [];

function Ledger({ source, overview }: Props) {
  const look = useLook(source);
  const { value: report } = useLedgerReport(source);
  const model = useMemo(() => statementOf(source), [source]);
  const field = useRef<HTMLInputElement>(null);
  const panes = useRef<HTMLDivElement>(null);
  // the entries come first where there is room for one of the two
  const room = useRoom(panes, LEAST_STATEMENT + LEAST_TIMELINE);
  const findings = overview.report === null || overview.report.stale ? NONE : (report?.findings ?? NONE);
  useCheckUnasked(source, overview);

  const show = (finding: LedgerFinding) => {
    const selected = selectionOf(finding);
    const isLine = lineOfSelection(selected) !== null && selected.kind !== 'execution';
    const all = {
      query: '',
      range: null,
      ...(isLine ? { group: 'entries' as const } : {}),
    };
    const agent = look.agent !== null && finding.agent !== look.agent ? { agent: null } : {};
    setLook(source, { ...(selected.kind === 'finding' && !isLine ? {} : all), ...agent, selected });
  };
  const explain = (finding: LedgerFinding) => {
    show(finding);
    showInspector();
  };
  const showSeq = (seq: number) =>
    setLook(source, {
      query: '',
      range: null,
      agent: null,
      group: 'entries',
      selected: { kind: 'entry', seq },
    });
  useStatementKeys({
    source,
    model,
    field,
    onFinding: (by) => {
      const { problems, notices } = splitFindings(findings);
      const next = stepFinding([...problems, ...notices], look.selected, by);
      if (next !== null) explain(next);
    },
  });
  // a check tells the damage again, as findings
  const told = (text: string) =>
    findings.some(({ kind, message }) => kind === 'file-damaged' && message.includes(text));
  const damage = [
    ...overview.damage.filter((text) => !told(text)),
    ...overview.differs.filter((text) => !told(text)),
  ];
  return (
    <section className="lg-view" aria-label="Ledger" data-key-scope={LEDGER_SCOPE.name}>
      <AccountHead source={source} overview={overview} report={report} agent={look.agent} />
      {damage.length > 0 && <Damage texts={damage} />}
      <FindingsList findings={findings} agent={look.agent} selected={look.selected} onShow={explain} />
      <ChainStrip source={source} overview={overview} onEntry={showSeq} />
      <div className="lg-panes" ref={panes}>
        <Group id={`ledger-${source}`} orientation="vertical">
          {look.timeline && room && overview.counts.events > 0 && (
            <>
              <Panel
                id="ledger-timeline"
                defaultSize={timelineHeight()}
                minSize={LEAST_TIMELINE}
                maxSize="55%"
                groupResizeBehavior="preserve-pixel-size"
                onResize={({ inPixels }) => {
                  if (inPixels > 0) savePart(HEIGHT_PART, String(Math.round(inPixels)));
                }}
              >
                <LedgerTimeline source={source} />
              </Panel>
              <Separator className="pane-line pane-line-across" aria-label="Height of the timeline" />
            </>
          )}
          <Panel id="ledger-statement" minSize={LEAST_STATEMENT}>
            <Statement source={source} overview={overview} look={look} model={model} fieldRef={field} />
          </Panel>
        </Group>
      </div>
    </section>
  );
}

/** As the person left it; at first as much as leaves most of the view to the entries. */
function timelineHeight(): number {
  const kept = Number(loadPart(HEIGHT_PART));
  return kept > 0 ? kept : Math.min(330, Math.round(window.innerHeight * 0.35));
}

/** A ledger that was not checked yet is checked once it was read, where that takes no time to speak of. */
function useCheckUnasked(source: string, { ready, report, counts }: LedgerOverview): void {
  const wanted = ready && report === null && counts.events > 0 && counts.events <= CHECK_UNASKED;
  useEffect(() => {
    if (wanted && useCheckStore.getState().bySource[source] === undefined) void verifyLedger(source);
  }, [source, wanted]);
}

/** What the opening found: a damaged file, or tables of another version. */
function Damage({ texts }: { readonly texts: readonly string[] }) {
  return (
    <section className="lg-damage" aria-label="Damage">
      <TriangleAlert className="icon" size={14} aria-hidden />
      <ul>
        {texts.slice(0, MOST_DAMAGE).map((text) => (
          <li key={text}>{visibleText(text)}</li>
        ))}
        {texts.length > MOST_DAMAGE && <li>and {texts.length - MOST_DAMAGE} more</li>}
      </ul>
    </section>
  );
}

/** Lines of damage above the statement; the others stand in Proof. */
const MOST_DAMAGE = 4;
