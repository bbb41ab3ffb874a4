import type { Content, NodeDetail } from '../../../contract/vek.ts';
import { formatBytes, formatCount, shortHash } from '../../ui/format.ts';
import { visibleText } from '../../ui/visible-text.ts';
import { factLines } from '../node/facts.ts';

/** Characters of each content in a summary that a person pastes into a message. */
const MAX_CHARS = 10_000;

/** A call as Markdown for an issue or a chat: what it is, what the record states, both contents as code. */
export function callMarkdown(detail: NodeDetail, link: string | null): string {
  const { record, row, parents } = detail;
  const lines = [
    `### ${code(row.tool === '' ? '(no name)' : row.tool)} ${code(shortHash(record.hash))}`,
    '',
    `- Time: ${code(record.timestamp)}`,
    ...parents.map(({ hash, tool, present }) =>
      present
        ? `- After: ${code(tool ?? '')} ${code(shortHash(hash))}`
        : `- After: ${code(shortHash(hash))}, not in the store`,
    ),
    ...factLines(detail.facts).map(({ label, text }) => `- ${label}: ${code(text)}`),
    `- Hash: ${code(record.hash)}`,
    ...(link === null ? [] : [`- Link: <${link}>`]),
    ...contentLines('Input', detail.input),
    ...contentLines('Output', detail.output),
  ];
  return `${lines.join('\n')}\n`;
}

function contentLines(what: string, content: Content): readonly string[] {
  const size = `**${what}** (${formatBytes(content.bytes)})`;
  switch (content.form) {
    case 'missing':
      return ['', `**${what}** is missing from the store.`];
    case 'unreadable':
      return ['', `**${what}** can’t be read.`];
    case 'empty':
      return ['', `**${what}** has no bytes.`];
    default: {
      const text = content.text.slice(0, MAX_CHARS).toWellFormed();
      const cut = content.cut || text.length < content.text.length;
      const fence = '`'.repeat(Math.max(3, longestTicks(text) + 1));
      return [
        '',
        cut ? `${size}, its first ${formatCount(text.length)} characters:` : `${size}:`,
        '',
        `${fence}${content.form === 'json' ? 'json' : ''}`,
        text,
        fence,
      ];
    }
  }
}

/** A text on one line that Markdown takes as it is. */
function code(text: string): string {
  const plain = visibleText(text.replaceAll(/\s+/g, ' ')).slice(0, 500).toWellFormed();
  const ticks = '`'.repeat(longestTicks(plain) + 1);
  const space = plain.startsWith('`') || plain.endsWith('`') ? ' ' : '';
  return `${ticks}${space}${plain === '' ? ' ' : plain}${space}${ticks}`;
}

function longestTicks(text: string): number {
  let longest = 0;
  for (const [ticks] of text.matchAll(/`+/g)) longest = Math.max(longest, ticks.length);
  return longest;
}
