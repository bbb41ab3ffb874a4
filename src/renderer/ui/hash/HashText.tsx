import { shortHash } from '../format.ts';
import './hash.css';

const HASH = /\b[0-9a-f]{64}\b/g;

/** What must not begin a line after a hash. */
const STOP = /^[.,;:)]/;

export type HashTextProps = {
  readonly text: string;
  /** makes each hash a link; without it a hash is text with the whole in its title */
  readonly onHash?: (hash: string) => void;
};

/** A text whose full hashes are shown with eight digits, the whole on hover. */
export function HashText({ text, onHash }: HashTextProps) {
  const parts = splitHashes(text);
  return parts.map(({ part, hash, at }, index) => {
    const stop = STOP.exec(parts[index + 1]?.part ?? '')?.[0] ?? '';
    if (hash) {
      return (
        <span key={at} className="hash-with-stop">
          <Hash hash={part} onHash={onHash} />
          {stop}
        </span>
      );
    }
    const begins = index > 0 && STOP.test(part);
    return <span key={at}>{begins ? part.slice(1) : part}</span>;
  });
}

type HashProps = { readonly hash: string; readonly onHash: ((hash: string) => void) | undefined };

function Hash({ hash, onHash }: HashProps) {
  if (onHash === undefined) {
    return (
      <span className="hash" title={hash}>
        {shortHash(hash)}
      </span>
    );
  }
  return (
    <button type="button" className="hash hash-link" title={hash} onClick={() => onHash(hash)}>
      {shortHash(hash)}
    </button>
  );
}

/** The parts of a text in order, hashes apart. `at` is where a part begins. */
export function splitHashes(
  text: string,
): readonly { readonly part: string; readonly hash: boolean; readonly at: number }[] {
  const parts: { part: string; hash: boolean; at: number }[] = [];
  let from = 0;
  for (const match of text.matchAll(HASH)) {
    if (match.index > from) parts.push({ part: text.slice(from, match.index), hash: false, at: from });
    parts.push({ part: match[0], hash: true, at: match.index });
    from = match.index + match[0].length;
  }
  if (from < text.length) parts.push({ part: text.slice(from), hash: false, at: from });
  return parts;
}
