import { copyText } from '../../app/capabilities.ts';
import { attempt } from '../../app/client.ts';
import { api } from '../../app/engine.ts';
import { toast, toastFailure } from '../../state/toasts.ts';
import { callJson, isWhole } from './call-json.ts';

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
