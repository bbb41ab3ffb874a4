import type { JsonNode } from '../json/tree.ts';
import type { CallSummary, ToolKind } from '../../contract/vek.ts';
import { failureOf } from './summary-failure.ts';
import { describeInput } from './summary-input.ts';
import { kindOf } from './summary-kind.ts';
import { describeOutput, testCounts } from './summary-output.ts';
import { oneLine } from './summary-text.ts';

export { costOf } from './summary-cost.ts';

/** `inputCut`, `outputCut`: the value is what could be read of a beginning, so counts are “at least”. */
export type SummaryOptions = { readonly inputCut?: boolean; readonly outputCut?: boolean };

/**
 * A call in one line for a person: what went in, what came out, and whether the output reports an error. Each side
 * is at most 160 characters without control characters. A side that is null (missing or unreadable) is an empty
 * text: the caller says what is wrong with it.
 */
export function summariseCall(
  tool: string,
  input: JsonNode | null,
  output: JsonNode | null,
  options: SummaryOptions = {},
): CallSummary {
  const kind = kindOf(tool, input, output);
  const tests = kind === 'test' && output !== null ? testCounts(output) : null;
  const failure = output === null ? null : tests?.failed === true ? tests.text : failureOf(kind, output);
  const said = output === null ? '' : (failure ?? describeOutput(kind, output, options.outputCut ?? false));
  return {
    kind,
    input: input === null ? '' : oneLine(describeInput(kind, input, options.inputCut ?? false)),
    output: oneLine(said),
    failed: failure !== null,
  };
}

const kinds: readonly ToolKind[] = [
  'search',
  'fetch',
  'shell',
  'read',
  'write',
  'edit',
  'model',
  'test',
  'plan',
  'message',
  'merge',
  'other',
];

/** Whether an output reports a failure for any kind of tool: false means that no call with it can have failed. */
export function mayReportFailure(output: JsonNode): boolean {
  // Only of a plain text does it matter what kind of tool said it.
  const asked = output.kind === 'string' ? kinds : (['other'] as const);
  return asked.some((kind) => failureOf(kind, output) !== null) || testCounts(output)?.failed === true;
}
