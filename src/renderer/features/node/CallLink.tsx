import type { NodeLink } from '../../../contract/vek.ts';
import { formatSpan, shortHash } from '../../ui/format.ts';
import { visibleText } from '../../ui/visible-text.ts';

type Props = {
  readonly link: NodeLink;
  /** when the call was made that the link stands at, in microseconds */
  readonly at: number | null;
  readonly open: (hash: string) => void;
};

/** Another call in one line: hash, tool, how far away in time, what went in. */
export function CallLink({ link, at, open }: Props) {
  const merge = link.role === 'merge' || link.role === 'merge-child' ? 'merged in, ' : '';
  if (!link.present) {
    return (
      <span className="n-link" title={link.hash}>
        <span className="hash">{shortHash(link.hash)}</span>{' '}
        <span className="n-bad">{merge}not in the store</span>
      </span>
    );
  }
  return (
    <button type="button" className="n-link" title={link.hash} onClick={() => open(link.hash)}>
      <span className="hash n-link-hash">{shortHash(link.hash)}</span>
      <span className="n-link-text truncate">
        {merge}
        <bdi className="mono">{shortName(link.tool ?? '')}</bdi>
        {distance(link, at)}
        {link.summary !== null && link.summary.input !== '' && (
          <span className="n-subtle">, {link.summary.input}</span>
        )}
      </span>
    </button>
  );
}

/** The beginning of a tool's name: a foreign store may hold one of any length. */
export const shortName = (tool: string): string =>
  tool === '' ? '(no name)' : visibleText(tool.length > 200 ? `${tool.slice(0, 200).toWellFormed()}…` : tool);

/** `, 1 min 10 s earlier`, where both times are known. */
function distance(link: NodeLink, at: number | null): string {
  const then = link.timestamp === null ? Number.NaN : Date.parse(link.timestamp) * 1000;
  if (at === null || Number.isNaN(then)) return '';
  const span = then - at;
  return span === 0 ? ', at the same time' : `, ${formatSpan(span)} ${span < 0 ? 'earlier' : 'later'}`;
}
