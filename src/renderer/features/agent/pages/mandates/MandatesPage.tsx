import type { MandatesPart } from '../../../../../contract/agent-parts.ts';
import { Badge, type Tone } from '../../../../ui/badge/Badge.tsx';
import { formatCounted } from '../../../../ui/format.ts';
import { visibleText } from '../../../../ui/visible-text.ts';
import { Figure } from '../../../runs/Figure.tsx';
import { EditButton } from '../../parts/EditButton.tsx';
import { Fact, Facts } from '../../parts/Facts.tsx';
import { FileLink } from '../../parts/FileLink.tsx';
import { Findings } from '../../parts/Findings.tsx';
import { NewButton } from '../../parts/NewButton.tsx';
import { PageHead } from '../../parts/PageHead.tsx';
import { PartGate } from '../../parts/PartGate.tsx';
import { RowList } from '../../parts/RowList.tsx';
import { Split } from '../../parts/Split.tsx';
import { useScene } from '../../scene.ts';

type Mandate = MandatesPart['mandates'][number];

const TONES: Record<string, Tone> = { active: 'ok', revoked: 'neutral' };
const keyOf = ({ path, id }: Mandate): string => `${path}#${id}`;

/** Standing permissions: who gave them, for what, within which limits (§2.19). */
export function MandatesPage({ item }: { readonly item: string | null }) {
  return <PartGate part="mandates">{(part) => <Mandates part={part} item={item} />}</PartGate>;
}

function Mandates({ part, item }: { readonly part: MandatesPart; readonly item: string | null }) {
  const { go } = useScene();
  const chosen = part.mandates.find((one) => keyOf(one) === item) ?? part.mandates[0] ?? null;
  return (
    <>
      <PageHead
        title="Mandates"
        note={`${formatCounted(part.mandates.length, 'standing permission')}${part.floor ? '; the fleet has a file of its own, which bounds these' : ''}`}
        actions={<NewButton template="mandate">New mandate…</NewButton>}
      />
      <Split
        id="mandates"
        list={
          <RowList
            label="Mandates"
            items={part.mandates}
            keyOf={keyOf}
            selected={chosen === null ? null : keyOf(chosen)}
            onSelect={(key) => go('mandates', key)}
            tall
            none="There is no mandate."
          >
            {(one) => (
              <>
                <span className="ag-row-title">
                  <bdi className="truncate mono">{visibleText(one.id)}</bdi>
                  {one.state !== null && (
                    <Badge tone={TONES[one.state] ?? 'warn'}>{visibleText(one.state)}</Badge>
                  )}
                  {one.findings.length > 0 && <Badge tone="warn">flagged</Badge>}
                </span>
                <span className="ag-row-note truncate">{visibleText(one.scope ?? '')}</span>
              </>
            )}
          </RowList>
        }
      >
        {chosen !== null && <Shown mandate={chosen} />}
      </Split>
    </>
  );
}

function Shown({ mandate }: { readonly mandate: Mandate }) {
  const { source } = useScene();
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keys
    <section className="ag-scroll" tabIndex={0} aria-label="Mandate">
      <div className="ag-part">
        <h3>
          <bdi className="mono">{visibleText(mandate.id)}</bdi>
          <span className="ag-h-end">
            <EditButton path={mandate.path} />
          </span>
        </h3>
        <Findings findings={mandate.findings} />
        <Facts>
          <Fact label="Scope">{visibleText(mandate.scope ?? '')}</Fact>
          <Fact label="State">{visibleText(mandate.state ?? 'missing')}</Fact>
          <Fact label="Granted by">{visibleText(mandate.grantedBy ?? '')}</Fact>
          <Fact label="Granted">{visibleText(mandate.grantedAt ?? '')}</Fact>
          <Fact label="Expires">{visibleText(mandate.expiresAt ?? 'never')}</Fact>
          <Fact label="Used by">
            <Figure source={source} query={mandate.usedBy} className="ag-link">
              Show the records
            </Figure>
          </Fact>
          <Fact label="File">
            <FileLink path={mandate.path} /> <span className="ag-muted">line {mandate.line}</span>
          </Fact>
        </Facts>
      </div>
      <div className="ag-part">
        <h3>Limits</h3>
        {mandate.constraints.length === 0 && <p className="ag-warn">None that could be enforced.</p>}
        <Facts>
          {mandate.constraints.map(({ label, value, note }) => (
            <Fact key={`${label} ${value}`} label={label.replaceAll('_', ' ')}>
              {visibleText(value)}
              {note !== null && <span className="ag-muted"> {visibleText(note)}</span>}
            </Fact>
          ))}
        </Facts>
      </div>
    </section>
  );
}
