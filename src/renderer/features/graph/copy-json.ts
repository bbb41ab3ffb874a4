import type { Content, NodeRecord } from '../../../contract/vek.ts';
import { copyText } from '../../app/capabilities.ts';
import { attempt } from '../../app/client.ts';
import { api } from '../../app/engine.ts';
import { toast, toastFailure } from '../../state/toasts.ts';

/** Copies a full hash, or a part of it. */
export async function copyHash(hash: string): Promise<void> {
  const answer = await copyText(hash);
  if (!answer.ok) toastFailure(answer.error);
}

/** Copies a call as one JSON value: its record, with input and output in the source text of their numbers. */
export async function copyCallAsJson(source: string, hash: string): Promise<void> {
  const answer = await attempt(api.vek.node({ source, hash }));
  if (!answer.ok) {
    toastFailure(answer.error);
    return;
  }
  const { record, input, output } = answer.value;
  const copied = await copyText(callJson(record, input, output));
  if (!copied.ok) {
    toastFailure(copied.error);
    return;
  }
  const left = [input, output].filter((content) => !isWhole(content)).length;
  if (left > 0) {
    toast({
      kind: 'note',
      title: 'Copied without all of its content',
      text: 'Input or output is missing, larger than what is shown, or no JSON. It stands as null with a note beside it.',
    });
  }
}

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

const isWhole = (content: Content): boolean => content.form === 'json' && !content.cut;

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
