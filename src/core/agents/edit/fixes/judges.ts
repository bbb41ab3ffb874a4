import type { FileFinding } from '../../../../contract/agent-files.ts';
import { linesOf, withLine } from './lines.ts';
import type { Mended } from './tools.ts';

/** What can go wrong with a judge (formats/atomic-agents.md §11). */
const ERRORS = [
  'JudgeUnavailable',
  'JudgeBudgetExhausted',
  'JudgePolicyInvalid',
  'JudgeProposalInvalid',
  'JudgeAmendedProposalRejected',
] as const;

/** Whether a finding is about a failure policy that is no mapping. */
export const isFailurePolicy = ({ message }: Pick<FileFinding, 'message'>): boolean =>
  message.includes('failure_policy is');

const single = /^(\s*failure_policy\s*:\s*)["']?(block|allow)["']?([ \t]*(?:#.*)?)$/;

/** A single word for all errors, as a document shows it, said for each error as the runtime takes it; null: it is no such word. */
export function mendFailurePolicy(text: string, line: number): Mended | null {
  const parts = single.exec(linesOf(text)[line - 1]?.text ?? '');
  if (parts === null) return null;
  const [, before = '', word = '', after = ''] = parts;
  const each = ERRORS.map((error) => `${error}: ${word}`).join(', ');
  return { text: withLine(text, line, `${before}{${each}}${after}`), label: `Say ${word} for each error` };
}
