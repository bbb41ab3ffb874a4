import { createHash } from 'node:crypto';
import type { EngineEvent } from '../../contract/workspace.ts';
import type { Log } from '../../core/log/log.ts';
import { fail, ok } from '../../core/result.ts';
import type { FoundLedger } from '../../core/workspace/inspect.ts';
import type { EngineOptions } from '../options.ts';
import type { LedgerSession } from './session.ts';

const later = () => fail('not-found', 'Not read yet.', '');

/** Opens a ledger. Nothing is read before `opened`, and nothing is ever written into it. */
export function createLedgerSession(
  store: FoundLedger,
  _options: EngineOptions,
  _log: Log,
  _hear: (event: EngineEvent) => void,
): LedgerSession {
  const id = `aex-${createHash('sha256').update(store.path).digest('hex').slice(0, 12)}`;
  return {
    kind: 'aex',
    id,
    name: store.name,
    opened: Promise.resolve([]),
    describe: () => ({
      id,
      kind: 'aex',
      name: store.name,
      path: store.path,
      state: 'loading',
      summary: '',
      problems: [],
    }),
    answers: {
      overview: later,
      rows: later,
      locate: later,
      facets: later,
      entry: later,
      execution: later,
      timeline: later,
      accounts: later,
      report: later,
      chain: later,
      proof: later,
      compare: later,
      exportRows: later,
    },
    // oxlint-disable-next-line require-yield
    async *verify() {
      throw new Error('not there yet');
    },
    stopReading: () => ok(null),
    readAgain: () => ok(null),
    reopen: () => undefined,
    close: () => undefined,
  };
}
