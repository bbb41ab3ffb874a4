import { shortHash } from '../format.ts';
import './hash.css';

const HASH = /\b[0-9a-f]{64}\b/g;

/** Keeps a full stop on the line of the hash before it. */
const WORD_JOINER = '\u2060';

export type HashTextProps = {
  readonly text: string;
  /** makes each hash a link; without it a hash is text with the whole in its title */
  readonly onHash?: (hash: string) => void;
};

/** A text whose full hashes are shown with eight digits, the whole on hover. */
export function HashText({ text, onHash }: HashTextProps) {
  return splitHashes(text).map(({ part, hash, at }) =>
    hash ? (
      <Hash key={at} hash={part} onHash={onHash} />
    ) : (
      <span key={at}>{/^[.,;:)]/.test(part) ? WORD_JOINER + part : part}</span>
    ),
  );
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
