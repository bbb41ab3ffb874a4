import { hash } from 'node:crypto';

/** `H(p1, p2, …)`: SHA-256 in lower-case hex over the parts' UTF-8, each followed by a line feed (formats/aex.md). */
export function joinedHash(parts: readonly string[]): string {
  return hash('sha256', parts.length === 0 ? '' : `${parts.join('\n')}\n`);
}
