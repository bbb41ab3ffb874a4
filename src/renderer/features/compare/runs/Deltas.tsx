import { useProgress, type Progress } from '../../../state/workspace.ts';
import { formatCount, formatCounted } from '../../../ui/format.ts';
import { Skeleton } from '../../../ui/skeleton/Skeleton.tsx';
import { cutMiddle } from '../../graph/cut.ts';
import { visibleText } from '../../../ui/visible-text.ts';
import type { NodeLink } from '../../../../contract/vek.ts';
import type { RunsModel, RunsState, Shown } from './model.ts';
import { deltasOf, runName } from './words.ts';

type Props = {
  readonly source: string;
  readonly state: RunsState;
  readonly shown: Shown;
  readonly model: RunsModel;
};

/** The figures of both runs after the split, and how their outcome differs. */
export function Deltas({ source, state: { sums }, shown, model }: Props) {
  const { a, b, same, changed, onlyA, onlyB } = shown.comparison;
  const onlyIn = { a: same + changed + onlyA, b: same + changed + onlyB };
  const progress = useProgress(source);
  const last = () => model.select(shown.kinds.length - 1);
  if (sums === null) {
    return (
      <dl className="cr-deltas" aria-label="After the split" aria-busy="true">
        <div className="cr-delta">
          <dt>Calls</dt>
          <dd className="cr-figures">
            {formatCount(onlyIn.a)}
            <span className="cr-arrow"> → </span>
            {formatCount(onlyIn.b)}
          </dd>
          <dd className="cr-words">{readingWords(progress)}</dd>
        </div>
        {['Cost after the split', 'Time'].map((name) => (
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
          <dd className="cr-figures" title={`${one} → ${two}`}>
            <span>{one}</span>
            <span className="cr-arrow"> → </span>
            <span>{two}</span>
          </dd>
          <dd className={warn ? 'cr-words cr-warn' : 'cr-words'} title={words}>
            {words}
          </dd>
        </div>
      ))}
      {outcome && (
        <div className="cr-delta cr-outcome">
          <dt>Last call</dt>
          <dd className="cr-figures" title={`${outcomeOf(sums.a.last)} → ${outcomeOf(sums.b.last)}`}>
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

/** How far the reading of all calls is. */
function readingWords(progress: Progress | null): string {
  if (progress?.work !== 'sums' || progress.total === null) return 'being read';
  return `${formatCount(progress.done)} of ${formatCount(progress.total)} read`;
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
