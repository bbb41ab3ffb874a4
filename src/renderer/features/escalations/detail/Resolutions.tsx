import type { Escalation, ResolutionBlock } from '../../../../contract/escalations.ts';
import { Badge } from '../../../ui/badge/Badge.tsx';
import { visibleText } from '../../../ui/visible-text.ts';
import { LineWord } from '../../agent/parts/Findings.tsx';
import { loggedTime } from '../../runs/days.ts';

type Props = { readonly one: Escalation; readonly onLine: (line: number) => void };

/** The answers in the file, and which of them counts: the first, and none while the state is pending (§11). */
export function Resolutions({ one, onLine }: Props) {
  return (
    <section className="es-part" aria-label="Answers">
      <h3>Answers in the file</h3>
      {one.blocks.length === 0 && <p className="es-quiet">None that the runtime can read.</p>}
      <ul className="es-blocks">
        {one.blocks.map((block, index) => (
          <li key={block.line}>
            <p className="es-block-head">
              {block.counts ? <Badge tone="accent">counts</Badge> : <Badge tone="bad">ignored</Badge>}
              <span>
                <strong>{visibleText(block.verb)}</strong> by <bdi>{visibleText(block.by)}</bdi>
                {block.resolvedAt !== null && (
                  <span className="es-quiet" title={block.resolvedAt}>
                    , {loggedTime(block.resolvedAt, 'full')}
                  </span>
                )}
                <LineWord line={block.line} onLine={onLine} />
              </span>
            </p>
            {!block.counts && <p className="es-quiet">{whyIgnored(one, index)}</p>}
            <Text block={block} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function whyIgnored({ state, verdict }: Escalation, index: number): string {
  if (state === 'pending') return 'The state of the file is still pending.';
  if (verdict === 'unparseable') return 'The runtime passes the file over.';
  return index === 0
    ? 'The runtime does not take it.'
    : 'An earlier answer stands above it, and the first one counts.';
}

function Text({ block }: { readonly block: ResolutionBlock }) {
  return (
    <>
      {block.note !== null && <p className="es-note">{visibleText(block.note)}</p>}
      {block.amendment !== null && (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keys
        <section className="es-code" tabIndex={0} aria-label="Amendment">
          <pre>{block.amendment}</pre>
        </section>
      )}
    </>
  );
}
