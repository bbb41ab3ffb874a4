import type { JsonDelta, JsonStep } from './delta.ts';
import type { TextHunk } from './text-diff.ts';
import type { JsonNode } from './tree.ts';

/** One change with JSON pointers (RFC 6901): into the old value where something goes, into the new where it comes. */
export type JsonEdit =
  | { readonly op: 'add'; readonly pointer: string; readonly new: JsonNode }
  | { readonly op: 'remove'; readonly pointer: string; readonly old: JsonNode }
  | {
      readonly op: 'change';
      /** in the new value; in the old one elements before it may count differently */
      readonly pointer: string;
      readonly oldPointer: string;
      readonly old: JsonNode;
      readonly new: JsonNode;
      /** set where both are texts */
      readonly hunks: readonly TextHunk[] | null;
    };

/** The changes of a delta one by one, in the order of the document. Empty where nothing changed. */
export function listEdits(delta: JsonDelta | null): readonly JsonEdit[] {
  const edits: JsonEdit[] = [];
  if (delta !== null) list(delta, '', '', edits);
  return edits;
}

function list(delta: JsonDelta, oldPointer: string, pointer: string, edits: JsonEdit[]): void {
  switch (delta.kind) {
    case 'replace':
      edits.push({ op: 'change', pointer, oldPointer, old: delta.old, new: delta.new, hunks: null });
      return;
    case 'text':
      edits.push({
        op: 'change',
        pointer,
        oldPointer,
        old: { kind: 'string', value: delta.old },
        new: { kind: 'string', value: delta.new },
        hunks: delta.hunks,
      });
      return;
    case 'object':
      for (const { key, step } of delta.fields) {
        const part = `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
        listStep(step, oldPointer + part, pointer + part, edits);
      }
      return;
    case 'array': {
      let old = 0;
      let now = 0;
      for (const step of delta.steps) {
        if (step.op !== 'keep') listStep(step, `${oldPointer}/${old}`, `${pointer}/${now}`, edits);
        const count = step.op === 'keep' ? step.count : 1;
        if (step.op !== 'add') old += count;
        if (step.op !== 'remove') now += count;
      }
    }
  }
}

function listStep(step: JsonStep, oldPointer: string, pointer: string, edits: JsonEdit[]): void {
  if (step.op === 'add') edits.push({ op: 'add', pointer, new: step.value });
  else if (step.op === 'remove') edits.push({ op: 'remove', pointer: oldPointer, old: step.value });
  else list(step.delta, oldPointer, pointer, edits);
}
