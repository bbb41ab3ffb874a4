import { KIND_WORDS } from '../words.ts';

/** What has happened by the stored type of an entry, in the words of the statement. */
export const TYPE_WORDS: ReadonlyMap<string, string> = new Map([
  ['budget.reserve', KIND_WORDS.reserve],
  ['budget.deny', KIND_WORDS.deny],
  ['execution.dispatched', KIND_WORDS.dispatch],
  ['usage.commit', KIND_WORDS.commit],
  ['reservation.release', KIND_WORDS.release],
  ['execution.failed', KIND_WORDS.fail],
  ['tool.exec', KIND_WORDS.tool],
  ['tool.exec.denied', KIND_WORDS['tool-denied']],
  ['agent.state.transition', KIND_WORDS.lifecycle],
  ['policy.violation', KIND_WORDS.policy],
]);
