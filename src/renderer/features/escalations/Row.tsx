import type { Escalation } from '../../../contract/escalations.ts';
import { Badge } from '../../ui/badge/Badge.tsx';
import { visibleText } from '../../ui/visible-text.ts';
import { classWords, goesWrong, leftWords, notTaken, shortAge, VERDICTS, waits } from './words.ts';

/** One escalation in the list: what is proposed by whom, how long ago, and what became of it. */
export function Row({ one }: { readonly one: Escalation }) {
  const verdict = VERDICTS[one.verdict];
  const left = leftWords(one);
  const odd = goesWrong(one) && verdict.tone !== 'bad';
  return (
    <>
      <span className="ag-row-title">
        <bdi className="mono truncate es-row-tool">{visibleText(one.tool ?? one.proposalId)}</bdi>
        <span className="ag-row-end">
          <Badge tone={verdict.tone}>{verdict.label}</Badge>
        </span>
      </span>
      <span className="ag-row-note es-row-note">
        <span className="truncate">
          <bdi>{visibleText(one.agent)}</bdi>
          {!odd &&
            (notTaken(one) ? ', waits for the next poll' : `, ${visibleText(classWords(one.actionClass))}`)}
          {odd && (
            <span className="es-bad">
              , {one.blocks.some(({ counts }) => !counts) ? 'ignored answer' : 'something is odd'}
            </span>
          )}
        </span>
        <span className="ag-row-end">
          {one.ageSeconds === null ? 'no time' : `${shortAge(one.ageSeconds)} ago`}
          {left !== '' && (
            <span className={waits(one) && (one.autoDecide?.leftSeconds ?? 1) <= 0 ? 'es-bad' : 'es-warn'}>
              , {left}
            </span>
          )}
        </span>
      </span>
    </>
  );
}
