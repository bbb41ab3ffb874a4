import type { Content } from '../../../../contract/vek.ts';
import type { Code } from '../../node/code/editor.ts';

/** The sign that stands where a line ends with a carriage return, where the two texts do not end their lines alike. */
const CR = '\u240d';

/**
 * Two contents as texts for an editor, which knows one kind of line ending for a whole text and would hide how they
 * differ: where there are several kinds in the two, a carriage return is a sign of its own.
 */
export function codesOf(old: Content, now: Content): { readonly old: Code; readonly now: Code } {
  const kinds = new Set([...endingsOf(old.text), ...endingsOf(now.text)]);
  const plain = kinds.size < 2;
  const code = ({ hash, form, text }: Content): Code => ({
    key: `${hash}-${form}-${text.length}-${plain ? 'plain' : 'signs'}`,
    text: plain ? text : text.replaceAll(/\r\n?/g, `${CR}\n`),
    json: form === 'json',
  });
  return { old: code(old), now: code(now) };
}

const endingsOf = (text: string): readonly string[] =>
  text.includes('\r') ? (text.match(/\r\n|\r|\n/g) ?? []) : text.includes('\n') ? ['\n'] : [];
