import { limits } from './limits.ts';

/** Signs of Markdown, with how sure each makes. Two points are enough. */
const SIGNS: readonly (readonly [RegExp, number])[] = [
  [/^#{1,6} \S.*\n\s*\n/m, 1],
  [/^#{2,6} \S/m, 1],
  [/^(`{3,}|~{3,})[^\n]*\n[\s\S]*?^\1/m, 2],
  [/^ {0,3}\|?[ :]*-{3,}[ :]*\|[-| :]*$/m, 2],
  [/^ {0,3}(?:[-*+] \S[^\n]*\n(?:\s*\n)?(?: +[^\n]*\n)*){2}/m, 1],
  [/^ {0,3}1[.)] \S[\s\S]*?^ {0,3}2[.)] \S/m, 1],
  [/(?:^|[\s(])\*\*[^\s*][^*\n]*\*\*/m, 1],
  [/(?:^|\s)`[^`\n]+`/m, 1],
  [/\[[^\]\n]+\]\((?:https?:\/\/|\/|#|\.|mailto:)[^)\n]*\)/, 1],
  [/^> \S/m, 1],
];

/** Lines as programs have them: a comment in a script looks like a heading. */
const CODE =
  /^\s*(?:(?:import|from|export|def|class|function|const|let|var|public|private|return|package|use|fn|func|if|for|while|#include|#!)\b[^.]*[:;{(=]?|[}\])]+[;,]?|.*[{;]|\w+ ?= ?.*)\s*$/;

/** Nesting that would cost more to lay out than the text is worth. */
const HOSTILE = /(?:> ?){40}|\[{60}|(?:[*_]{2,}[^\s*_]?){400}|(?:^\s*[-*+] ){0,1}(?:[-*+] ){60}/m;

const PLAIN_NAME = /\.(?:md|markdown|mdx|rst|txt)$/i;

/**
 * Whether a text looks like Markdown. `name` is the file it is the content of, where known: another kind of file is
 * never taken for Markdown, a `.md` of more than a word always is. In `talk` one sign is enough.
 */
export function looksLikeMarkdown(text: string, name: string | null, talk = false): boolean {
  if (text.length > limits.markdownChars) return false;
  const markdownFile = name !== null && /\.(?:md|markdown|mdx)$/i.test(name);
  if (markdownFile && /\S\s+\S/.test(text)) return !HOSTILE.test(text);
  if (name !== null && /\.\w{1,8}$/.test(name) && !PLAIN_NAME.test(name)) return false;
  let points = 0;
  for (const [pattern, worth] of SIGNS) {
    if (pattern.test(text)) points += worth;
    if (points >= (talk ? 1 : 2)) return !looksLikeCode(text) && !HOSTILE.test(text);
  }
  return false;
}

function looksLikeCode(text: string): boolean {
  const outside = text.replaceAll(/^(`{3,}|~{3,})[^\n]*\n[\s\S]*?^\1.*$/gm, '');
  const lines = outside.split('\n').filter((line) => line.trim() !== '');
  const code = lines.filter((line) => line.length < 400 && CODE.test(line)).length;
  return lines.length > 3 && code / lines.length > 0.3;
}
