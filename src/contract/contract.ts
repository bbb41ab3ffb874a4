import { eventIterator, oc, type } from '@orpc/contract';
import { z } from 'zod';
import type { Result } from './failure.ts';
import { EVIDENCE_FORMS, type Chain, type Integrity } from './integrity.ts';
import { actionSchema, type Operation, type Plan } from './operations.ts';
import {
  graphViewSchema,
  type CallRow,
  type CallsBefore,
  type Content,
  type Located,
  type NodeDetail,
  type RowWindow,
  type ToolNames,
  type VekOverview,
} from './vek.ts';
import { ignoreSchema, type ComparedRow, type RunComparison, type RunSums } from './compare.ts';
import {
  documentDecisionSchema,
  documentRuleSchema,
  type MergeInProgress,
  type MergePreview,
  type MergeTexts,
  type OpenMerge,
} from './merge.ts';
import type { FailureEvent, GraphShape, GraphStrip } from './scale.ts';
import type { AgentFile, AgentFileDetail } from './agent-files.ts';
import { AGENT_PARTS, type AgentPart } from './agent-parts.ts';
import type { AssembledPrompt } from './prompt.ts';
import { COST_DIMENSIONS, type CostReport, type WhatIf } from './costs.ts';
import type { DoctorReport } from './doctor.ts';
import { editsContract } from './edits-contract.ts';
import { ledgerContract } from './ledger-contract.ts';
import type { EscalationQueue } from './escalations.ts';
import type { AgentReport, AgentsOverview, FleetReport } from './fleet.ts';
import {
  dayRangeSchema,
  dayText,
  FACET_KEYS,
  queryText,
  RECORD_SORTS,
  type BadLine,
  type Facet,
  type RecordDetail,
  type RecordWindow,
  type RunTree,
  type SourceLink,
} from './records.ts';
import type { CheckEvent, EngineEvent, HostInfo, LogFile, Recent, Workspace } from './workspace.ts';

const source = z.string().max(200);
/** What stands in a store as a hash, which in a foreign one may be any text; in `locate` a prefix of one. */
const hash = z.string().max(10_000);

/** A name of a ref. */
const ref = z.string().max(10_000);
const decisions = z.array(documentDecisionSchema).max(1_000_000);

const agent = z.string().max(1_000);
const agentPath = z.string().max(10_000);
const recordId = z.string().max(10_000);
/** The day that figures are made for; null: today by this machine's clock. */
const today = dayText.nullable();

/** The most rows one window may ask for. */
export const MAX_WINDOW_ROWS = 400;
/** The most rows one shape, and the most buckets one strip may ask for. */
export const MAX_SHAPE_ROWS = 4096;

/**
 * Everything the window can ask of the engine, the same over a message port (Electron) and a WebSocket (serve).
 * Expected failures are part of the answer; a thrown error is a bug.
 */
export const contract = {
  app: {
    info: oc.output(type<HostInfo>()),
    recents: oc.output(type<readonly Recent[]>()),
    forgetRecent: oc.input(z.object({ path: z.string().max(10_000) })).output(type<readonly Recent[]>()),
    /** The window's own state (theme, layout, open tabs), kept in the user's app folder. JSON text. */
    loadState: oc.output(type<string | null>()),
    /** Notes an error of the window in the log: its kind and place. The log takes no message, which may quote a store. */
    log: oc
      .input(
        z.object({
          event: z.enum(['window-error', 'window-rejection', 'view-error']),
          name: z.string().max(100),
          message: z.string().max(100_000),
          stack: z.string().max(100_000),
        }),
      )
      .output(type<Result<null>>()),
    /** Where the log is, and its end, for a bug report. */
    logFile: oc.output(type<Result<LogFile>>()),
    saveState: oc.input(z.object({ json: z.string().max(1_000_000) })).output(type<Result<null>>()),
  },
  workspace: {
    open: oc.input(z.object({ path: z.string().max(10_000) })).output(type<Result<Workspace>>()),
    openSample: oc.output(type<Result<Workspace>>()),
    /** Endless, until the window goes. */
    events: oc.output(eventIterator(type<EngineEvent>())),
  },
  vek: {
    overview: oc.input(z.object({ source })).output(type<Result<VekOverview>>()),
    rows: oc
      .input(
        z.object({
          source,
          view: graphViewSchema,
          start: z.int().min(0),
          count: z.int().min(1).max(MAX_WINDOW_ROWS),
        }),
      )
      .output(type<Result<RowWindow>>()),
    /** The names of all tools, for filters. */
    tools: oc.input(z.object({ source })).output(type<Result<ToolNames>>()),
    /** Rows without contents, for a canvas. */
    shape: oc
      .input(
        z.object({
          source,
          view: graphViewSchema,
          start: z.int().min(0),
          count: z.int().min(1).max(MAX_SHAPE_ROWS),
        }),
      )
      .output(type<Result<GraphShape>>()),
    /** Many rows in few buckets, for a minimap. A `count` beyond the end of the view is cut there. */
    strip: oc
      .input(
        z.object({
          source,
          view: graphViewSchema,
          start: z.int().min(0),
          count: z.int().min(1),
          buckets: z.int().min(1).max(MAX_SHAPE_ROWS),
        }),
      )
      .output(type<Result<GraphStrip>>()),
    /** Finds the calls that failed. Ends with `done` or `failed`; stopping to listen stops the search. */
    findFailures: oc.input(z.object({ source })).output(eventIterator(type<FailureEvent>())),
    /** Stops the first reading of a large store of either kind: questions then fail with `cancelled`, until `readAgain`. */
    stopReading: oc.input(z.object({ source })).output(type<Result<null>>()),
    /** Reads a store again whose reading was stopped or failed. */
    readAgain: oc.input(z.object({ source })).output(type<Result<null>>()),
    /** Finds a full hash or a prefix and its row in the view. */
    locate: oc.input(z.object({ source, view: graphViewSchema, hash })).output(type<Result<Located>>()),
    /** The row of the nearest parent or child (first parent first, newest child first). */
    step: oc
      .input(z.object({ source, view: graphViewSchema, hash, to: z.enum(['parent', 'child']) }))
      .output(type<Result<Located>>()),
    node: oc.input(z.object({ source, hash })).output(type<Result<NodeDetail>>()),
    /** Calls before this one that it can be compared with. */
    before: oc.input(z.object({ source, hash })).output(type<Result<CallsBefore>>()),
    /** An object's content with a larger limit than `node` gives, in bytes of text. */
    content: oc
      .input(
        z.object({
          source,
          hash,
          limitBytes: z
            .int()
            .min(1)
            .max(256 * 1024 * 1024),
        }),
      )
      .output(type<Result<Content>>()),
    /** The stored bytes, unchanged, for saving to a file. */
    bytes: oc.input(z.object({ source, hash })).output(type<Result<Blob>>()),
    check: oc.input(z.object({ source })).output(eventIterator(type<CheckEvent>())),
    /** What is wrong, what was checked and holds, and which calls a gc would delete. */
    integrity: oc.input(z.object({ source })).output(type<Result<Integrity>>()),
    /** The chain around a call, for the drawing of a break. */
    chain: oc.input(z.object({ source, hash })).output(type<Result<Chain>>()),
    /** The last check as a file for others; checks anew where the store moved since. */
    evidence: oc.input(z.object({ source, form: z.enum(EVIDENCE_FORMS) })).output(type<Result<Blob>>()),
  },
  merge: {
    /** What merging `from` into `into` (null: the current branch) would be. Writes nothing. */
    preview: oc
      .input(z.object({ source, into: ref.nullable(), from: ref }))
      .output(type<Result<MergePreview>>()),
    /** Remembers for this repository what counts as one document of a tool; null forgets it. Confirms an assumption. */
    rule: oc
      .input(z.object({ source, tool: z.string().max(10_000), rule: documentRuleSchema.nullable() }))
      .output(type<Result<null>>()),
    /** All documents and conflicts, and the choices that were saved. */
    open: oc.input(z.object({ source, into: ref, from: ref })).output(type<Result<OpenMerge>>()),
    /** One document as four texts, by the decisions about it. */
    texts: oc
      .input(
        z.object({
          source,
          merge: z.string().max(200),
          decision: documentDecisionSchema,
          limitBytes: z
            .int()
            .min(1)
            .max(256 * 1024 * 1024),
        }),
      )
      .output(type<Result<MergeTexts>>()),
    /** Keeps the choices of a merge in the app folder. `settled` and `open` are counts for the list. */
    save: oc
      .input(
        z.object({
          source,
          into: ref,
          from: ref,
          progress: z.string().max(64 * 1024 * 1024),
          settled: z.int().min(0),
          open: z.int().min(0),
        }),
      )
      .output(type<Result<null>>()),
    /** Forgets the choices of a merge. */
    abandon: oc.input(z.object({ source, into: ref, from: ref })).output(type<Result<null>>()),
    /** Merges that were begun and not finished, newest first. */
    list: oc.input(z.object({ source })).output(type<Result<readonly MergeInProgress[]>>()),
    /** The plan of one merge node; `operations.apply` writes it. Fails with `conflict` while anything is open. */
    plan: oc.input(z.object({ source, merge: z.string().max(200), decisions })).output(type<Result<Plan>>()),
  },
  compare: {
    /** Two runs (refs by name, or calls by hash) aligned from their fork point. */
    runs: oc
      .input(z.object({ source, a: hash, b: hash, ignore: ignoreSchema }))
      .output(type<Result<RunComparison>>()),
    rows: oc
      .input(
        z.object({
          source,
          comparison: z.string().max(200),
          start: z.int().min(0),
          count: z.int().min(1).max(MAX_WINDOW_ROWS),
        }),
      )
      .output(type<Result<readonly ComparedRow[]>>()),
    /** Calls that both runs have, oldest first. */
    common: oc
      .input(
        z.object({
          source,
          comparison: z.string().max(200),
          start: z.int().min(0),
          count: z.int().min(1).max(MAX_WINDOW_ROWS),
        }),
      )
      .output(type<Result<readonly CallRow[]>>()),
    /** What both runs came to; reads every call after the fork point, up to a limit. */
    sums: oc.input(z.object({ source, comparison: z.string().max(200) })).output(type<Result<RunSums>>()),
  },
  agents: {
    /** Who is there, and what each needs. */
    overview: oc.input(z.object({ source, today })).output(type<Result<AgentsOverview>>()),
    fleet: oc.input(z.object({ source, today })).output(type<Result<FleetReport>>()),
    agent: oc.input(z.object({ source, today, agent })).output(type<Result<AgentReport>>()),
    /** `agent` null: all of them. */
    costs: oc
      .input(
        z.object({
          source,
          today,
          agent: agent.nullable(),
          range: dayRangeSchema,
          by: z.enum(COST_DIMENSIONS),
          counting: z.enum(['once', 'logged']),
        }),
      )
      .output(type<Result<CostReport>>()),
    /** What another cap would have done in the range. Money in micro-dollars, null: no cap. */
    whatIf: oc
      .input(
        z.object({
          source,
          today,
          agent,
          range: dayRangeSchema,
          dailyCapMicros: z.int().min(0).nullable(),
          monthlyCapMicros: z.int().min(0).nullable(),
        }),
      )
      .output(type<Result<WhatIf>>()),
    records: oc
      .input(
        z.object({
          source,
          query: queryText,
          sort: z.enum(RECORD_SORTS),
          start: z.int().min(0),
          count: z.int().min(1).max(MAX_WINDOW_ROWS),
        }),
      )
      .output(type<Result<RecordWindow>>()),
    /** The row of a record in a sorted query; null: it is not among them. */
    locate: oc
      .input(z.object({ source, query: queryText, sort: z.enum(RECORD_SORTS), id: recordId }))
      .output(type<Result<number | null>>()),
    facets: oc
      .input(z.object({ source, query: queryText, key: z.enum(FACET_KEYS) }))
      .output(type<Result<readonly Facet[]>>()),
    record: oc.input(z.object({ source, id: recordId })).output(type<Result<RecordDetail>>()),
    tree: oc.input(z.object({ source, id: recordId })).output(type<Result<RunTree>>()),
    badLines: oc
      .input(z.object({ source, agent: agent.nullable() }))
      .output(type<Result<readonly BadLine[]>>()),
    /** The records of a query as a file: `csv`, `json` (rows) or `jsonl` (the lines as they stand). */
    exportRecords: oc
      .input(
        z.object({
          source,
          query: queryText,
          sort: z.enum(RECORD_SORTS),
          form: z.enum(['csv', 'json', 'jsonl']),
        }),
      )
      .output(type<Result<Blob>>()),
    /** The figures of a cost report as a file. */
    exportCosts: oc
      .input(
        z.object({
          source,
          today,
          agent: agent.nullable(),
          range: dayRangeSchema,
          counting: z.enum(['once', 'logged']),
          form: z.enum(['csv', 'json']),
        }),
      )
      .output(type<Result<Blob>>()),
    /** Every file of an agent (null: of the root), with what the runtime makes of it. */
    files: oc
      .input(z.object({ source, today, agent: agent.nullable() }))
      .output(type<Result<readonly AgentFile[]>>()),
    file: oc.input(z.object({ source, path: agentPath })).output(type<Result<AgentFileDetail>>()),
    part: oc
      .input(z.object({ source, today, agent: agent.nullable(), part: z.enum(AGENT_PARTS) }))
      .output(type<Result<AgentPart>>()),
    prompt: oc.input(z.object({ source, today, agent })).output(type<Result<AssembledPrompt>>()),
    escalations: oc.input(z.object({ source, today })).output(type<Result<EscalationQueue>>()),
    doctor: oc
      .input(z.object({ source, today, agent: agent.nullable() }))
      .output(type<Result<DoctorReport>>()),
    /** Records of agents that recorded the same call as this one of a repository, by hash or id. */
    linksOfCall: oc.input(z.object({ source, hash })).output(type<Result<readonly SourceLink[]>>()),
  },
  edits: editsContract,
  ledger: ledgerContract,
  operations: {
    plan: oc.input(z.object({ source, action: actionSchema })).output(type<Result<Plan>>()),
    /** Applies a plan made by `plan`. A ref that moved since is a `conflict`, and nothing is written. */
    apply: oc.input(z.object({ source, plan: z.string().max(64) })).output(type<Result<Operation>>()),
    list: oc.input(z.object({ source })).output(type<Result<readonly Operation[]>>()),
  },
};

export type Contract = typeof contract;
