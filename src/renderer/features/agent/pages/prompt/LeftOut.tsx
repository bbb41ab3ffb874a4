import type { AssembledPrompt } from '../../../../../contract/prompt.ts';
import { Badge } from '../../../../ui/badge/Badge.tsx';
import { formatCount } from '../../../../ui/format.ts';
import { visibleText } from '../../../../ui/visible-text.ts';
import { FileLink } from '../../parts/FileLink.tsx';

/** What is not sent, and why; what just missed comes first. */
export function LeftOut({ prompt }: { readonly prompt: AssembledPrompt }) {
  if (prompt.left.length === 0) return null;
  const left = prompt.left.toSorted((a, b) => Number(b.missed) - Number(a.missed));
  return (
    <section className="pp-left" aria-label="Not sent">
      <h3>
        Not sent <span className="ag-muted">{formatCount(left.length)}</span>
      </h3>
      <ul>
        {left.map(({ path, title, why, missed, tokens }) => (
          <li key={`${path} ${title}`}>
            <span className="pp-left-name">
              <FileLink path={path}>{title}</FileLink>
              {missed && <Badge>just missed</Badge>}
            </span>
            <span className="ag-muted">{visibleText(why)}</span>
            <span className="pp-figure ag-muted">{tokens === 0 ? '' : formatCount(tokens)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
