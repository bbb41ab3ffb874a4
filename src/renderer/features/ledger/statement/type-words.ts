import { ENTRY_WORDS } from '../../../../contract/ledger.ts';
import { visibleText } from '../../../ui/visible-text.ts';

/** What has happened by the stored type of an entry, in the words of the statement. */
export const TYPE_WORDS: ReadonlyMap<string, string> = new Map([
  ['budget.reserve', ENTRY_WORDS.reserve],
  ['budget.deny', ENTRY_WORDS.deny],
  ['execution.dispatched', ENTRY_WORDS.dispatch],
  ['usage.commit', ENTRY_WORDS.commit],
  ['reservation.release', ENTRY_WORDS.release],
  ['execution.failed', ENTRY_WORDS.fail],
  ['tool.exec', ENTRY_WORDS.tool],
  ['tool.exec.denied', ENTRY_WORDS['tool-denied']],
  ['agent.state.transition', ENTRY_WORDS.lifecycle],
  ['policy.violation', ENTRY_WORDS.policy],
]);

/** The same of any type: one that is not known is shown as it stands. */
export const typeWord = (type: string): string =>
  TYPE_WORDS.get(type) ?? (visibleText(type).slice(0, 80) || 'No type');
