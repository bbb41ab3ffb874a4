import type { Content, NodeRecord } from '../../../contract/vek.ts';

/** The text of a record with its contents. What has no whole JSON text is null, and `…_note` says why. */
export function callJson(record: NodeRecord, input: Content, output: Content): string {
  const lines = Object.entries(record).map(
    ([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)}`,
  );
  for (const [key, content] of [
    ['input', input],
    ['output', output],
  ] as const) {
    lines.push(`  "${key}": ${isWhole(content) ? content.text.replaceAll('\n', '\n  ') : 'null'}`);
    if (!isWhole(content)) lines.push(`  "${key}_note": ${JSON.stringify(why(content))}`);
  }
  return `{\n${lines.join(',\n')}\n}\n`;
}

/** Whether a content is here as complete JSON text. */
export const isWhole = (content: Content): boolean => content.form === 'json' && !content.cut;

function why(content: Content): string {
  switch (content.form) {
    case 'json':
      return `${content.bytes} bytes, too large to copy here`;
    case 'empty':
      return 'empty blob, which the Python tool reads as null';
    case 'text':
    case 'hex':
      return `${content.bytes} bytes that are no JSON`;
    case 'missing':
      return 'the object is not in the store';
    case 'unreadable':
      return 'the object can not be read';
    default:
      return content.form satisfies never;
  }
}
