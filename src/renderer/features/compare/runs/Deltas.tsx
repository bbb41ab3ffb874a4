import { formatCounted } from '../../../ui/format.ts';
import { Skeleton } from '../../../ui/skeleton/Skeleton.tsx';
import { cutMiddle } from '../../graph/cut.ts';
import { visibleText } from '../../../ui/visible-text.ts';
import type { NodeLink } from '../../../../contract/vek.ts';
import type { RunsModel, RunsState, Shown } from './model.ts';
import { deltasOf, runName } from './words.ts';

type Props = { readonly state: RunsState; readonly shown: Shown; readonly model: RunsModel };

/** The figures of both runs after the split, and how their outcome differs. */
export function Deltas({ state: { sums }, shown, model }: Props) {
  const { a, b } = shown.comparison;
  const last = () => model.select(shown.kinds.length - 1);
  if (sums === null) {
    return (
      <dl className="cr-deltas" aria-label="After the split" aria-busy="true">
        {['Calls', 'Cost after the split', 'Time'].map((name) => (
          <div key={name} className="cr-delta">
            <dt>{name}</dt>
            <dd>
              <Skeleton width={96} style={{ height: 12 }} />
            </dd>
          </div>
        ))}
      </dl>
    );
  }
  const outcome = sums.a.last !== null && sums.b.last !== null;
  return (
    <dl className="cr-deltas" aria-label={`After the split, ${runName(a)} and ${runName(b)}`}>
      {deltasOf(sums).map(({ name, a: one, b: two, words, warn }) => (
        <div key={name} className="cr-delta">
          <dt>{name}</dt>
          <dd className="cr-figures">
            <span>{one}</span>
            <span className="cr-arrow"> → </span>
            <span>{two}</span>
          </dd>
          <dd className={warn ? 'cr-words cr-warn' : 'cr-words'}>{words}</dd>
        </div>
      ))}
      {outcome && (
        <div className="cr-delta cr-outcome">
          <dt>Last call</dt>
          <dd className="cr-figures">
            <bdi className="truncate">{outcomeOf(sums.a.last)}</bdi>
            <span className="cr-arrow"> → </span>
            <bdi className="truncate">{outcomeOf(sums.b.last)}</bdi>
          </dd>
          <dd className={sums.outcome === 0 ? 'cr-words' : 'cr-words cr-warn'}>
            <button type="button" className="cr-link" onClick={last}>
              {outcomeWords(sums.outcome)}
            </button>
          </dd>
        </div>
      )}
    </dl>
  );
}

/** What a run ended with: what its last call gave, else its tool. */
function outcomeOf(link: NodeLink | null): string {
  if (link === null) return 'none';
  const said = link.summary?.output ?? '';
  const text = said === '' ? visibleText(link.tool ?? '') : said;
  return cutMiddle(text === '' ? 'no name' : text, 60);
}

function outcomeWords(fields: number | null): string {
  if (fields === null) return 'can’t be compared';
  if (fields === 0) return 'the same output';
  return `${formatCounted(fields, 'field')} ${fields === 1 ? 'differs' : 'differ'}`;
}
