import { ENTRY_WORDS } from '../../../../contract/ledger.ts';

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
