import type { ConversationsPart } from '../../../../../contract/agent-parts.ts';
import { formatCount, formatCounted } from '../../../../ui/format.ts';
import { visibleText } from '../../../../ui/visible-text.ts';
import { Figure } from '../../../runs/Figure.tsx';
import { loggedTime } from '../../../runs/days.ts';
import { agentQuery, runQuery } from '../../../runs/terms.ts';
import { FileLink } from '../../parts/FileLink.tsx';
import { Findings } from '../../parts/Findings.tsx';
import { InertText } from '../../parts/InertText.tsx';
import { PageHead } from '../../parts/PageHead.tsx';
import { PartGate } from '../../parts/PartGate.tsx';
import { RowList } from '../../parts/RowList.tsx';
import { Split } from '../../parts/Split.tsx';
import { useScene } from '../../scene.ts';
import './conversations.css';

type Conversation = ConversationsPart['conversations'][number];

const keyOf = ({ principal, id }: Conversation): string => `${principal}/${id}`;

/** What was said with people and programs; turns go to the message list, not into the prompt (§2.17). */
export function ConversationsPage({ item }: { readonly item: string | null }) {
  return <PartGate part="conversations">{(part) => <Conversations part={part} item={item} />}</PartGate>;
}

function Conversations({ part, item }: { readonly part: ConversationsPart; readonly item: string | null }) {
  const { go } = useScene();
  const { conversations } = part;
  const chosen = conversations.find((one) => keyOf(one) === item) ?? conversations[0] ?? null;
  return (
    <>
      <PageHead title="Conversations" note={formatCounted(conversations.length, 'conversation')} />
      <Split
        id="conversations"
        list={
          <RowList
            label="Conversations"
            items={conversations}
            keyOf={keyOf}
            selected={chosen === null ? null : keyOf(chosen)}
            onSelect={(key) => go('conversations', key)}
            groupOf={({ principal }) => visibleText(principal)}
            tall
            none="There is no conversation."
          >
            {({ id, turns, tokens }) => (
              <>
                <span className="ag-row-title">
                  <bdi className="truncate mono">{visibleText(id)}</bdi>
                  <span className="ag-row-end">≈ {formatCount(tokens)}</span>
                </span>
                <span className="ag-row-note truncate">
                  {formatCounted(turns.length, 'turn')} · {visibleText(turns[0]?.content.slice(0, 120) ?? '')}
                </span>
              </>
            )}
          </RowList>
        }
      >
        {chosen !== null && <Turns conversation={chosen} />}
      </Split>
    </>
  );
}

function Turns({ conversation }: { readonly conversation: Conversation }) {
  const { source, agent } = useScene();
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keys
    <section className="ag-scroll cv" tabIndex={0} aria-label="Turns">
      <Findings findings={conversation.findings} />
      {conversation.turns.map((turn) => (
        <article key={turn.path} className={`cv-turn ${turn.role === 'user' ? 'cv-user' : ''}`}>
          <header className="cv-head">
            <h3>{visibleText(turn.role)}</h3>
            <span className="ag-muted" title={turn.ts ?? ''}>
              {turn.ts === null ? 'no time' : loggedTime(turn.ts)}
            </span>
            {turn.runId !== null && (
              <Figure
                source={source}
                query={`${agentQuery(agent)} ${runQuery(turn.runId)}`}
                className="ag-link"
              >
                {visibleText(turn.runId)}
              </Figure>
            )}
            <span className="ag-row-end ag-muted">≈ {formatCount(turn.tokens)}</span>
            <FileLink path={turn.path}>File</FileLink>
          </header>
          <InertText text={turn.content} />
        </article>
      ))}
    </section>
  );
}
