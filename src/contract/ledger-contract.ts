import { eventIterator, oc, type } from '@orpc/contract';
import { z } from 'zod';
import type { Result } from './failure.ts';
import type { LedgerAccounts } from './ledger-accounts.ts';
import type { ChainLink, EntryDetail, ExecutionDetail, TwoCopies } from './ledger-detail.ts';
import type { LedgerProofEvent, LedgerReport } from './ledger-report.ts';
import { MAX_TIMELINE_BUCKETS, type LedgerTimeline } from './ledger-timeline.ts';
import {
  executionId,
  LEDGER_FACETS,
  ledgerAgent,
  ledgerViewSchema,
  type LedgerCheckEvent,
  type LedgerFacet,
  type LedgerOverview,
  type LedgerWindow,
} from './ledger.ts';
import { queryText } from './records.ts';

const source = z.string().max(200);
/** A number of a row; SQLite has larger ones than are exact here, of which the engine says so. */
const seq = z.number();
/** The most lines that one window of a statement may ask for. */
const MAX_LINES = 400;

/** Everything the window can ask of a budget ledger. Nothing of it writes. */
export const ledgerContract = {
  overview: oc.input(z.object({ source })).output(type<Result<LedgerOverview>>()),
  rows: oc
    .input(
      z.object({
        source,
        view: ledgerViewSchema,
        start: z.int().min(0),
        count: z.int().min(1).max(MAX_LINES),
      }),
    )
    .output(type<Result<LedgerWindow>>()),
  /** The line of an entry in a view; null: it is not in it. In a grouped view the line of its execution where that is closed. */
  locate: oc.input(z.object({ source, view: ledgerViewSchema, seq })).output(type<Result<number | null>>()),
  facets: oc
    .input(z.object({ source, agent: ledgerAgent.nullable(), query: queryText, key: z.enum(LEDGER_FACETS) }))
    .output(type<Result<readonly LedgerFacet[]>>()),
  entry: oc.input(z.object({ source, seq })).output(type<Result<EntryDetail>>()),
  execution: oc.input(z.object({ source, id: executionId })).output(type<Result<ExecutionDetail>>()),
  /** `from` and `to` null: all of it. `fold`: stretches of time without an entry are left out. */
  timeline: oc
    .input(
      z.object({
        source,
        agent: ledgerAgent.nullable(),
        from: z.number().nullable(),
        to: z.number().nullable(),
        buckets: z.int().min(1).max(MAX_TIMELINE_BUCKETS),
        fold: z.boolean(),
      }),
    )
    .output(type<Result<LedgerTimeline>>()),
  accounts: oc.input(z.object({ source })).output(type<Result<LedgerAccounts>>()),
  /** The last check of this session; null: there was none. */
  report: oc.input(z.object({ source })).output(type<Result<LedgerReport | null>>()),
  /** Checks everything anew. Ends with `done` or `failed`; stopping to listen stops the check. */
  verify: oc.input(z.object({ source })).output(eventIterator(type<LedgerCheckEvent>())),
  /** The links of the chain around an entry, `reach` on either side. */
  chain: oc
    .input(z.object({ source, seq, reach: z.int().min(0).max(200) }))
    .output(type<Result<readonly ChainLink[]>>()),
  /**
   * Makes a file of all entries with what a check needs, of any size. Ends with `done`, by whose id the host hands it over, or
   * `failed`; stopping to listen stops it.
   */
  proof: oc.input(z.object({ source })).output(eventIterator(type<LedgerProofEvent>())),
  /** The program that checks such a file. */
  proofScript: oc.input(z.object({ source })).output(type<Result<Blob>>()),
  /** `other`: the id of another ledger of the workspace, or the path of a file that may be opened. */
  compare: oc.input(z.object({ source, other: z.string().max(10_000) })).output(type<Result<TwoCopies>>()),
  /** The entries of a view as a file. */
  exportRows: oc
    .input(z.object({ source, view: ledgerViewSchema, form: z.enum(['csv', 'json', 'jsonl']) }))
    .output(type<Result<Blob>>()),
};
