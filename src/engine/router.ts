import { implement } from '@orpc/server';
import { contract } from '../contract/contract.ts';
import type { Log } from '../core/log/log.ts';
import { fail, ok, type Failure, type Result } from '../core/result.ts';
import { readAppFile, WINDOW_STATE, writeAppFile } from './app-files.ts';
import type { LedgerSession } from './aex/session.ts';
import type { AgentsSession } from './agents/session.ts';
import type { Connection } from './connection.ts';
import type { EngineOptions } from './options.ts';
import { logFile, logged } from './log.ts';
import { forgetRecent, listRecents } from './recents.ts';
import { openSampleFolder } from './sample.ts';
import type { VekSession } from './vek-session.ts';

/** What every call of one window is answered with. */
export type EngineContext = {
  readonly options: EngineOptions;
  readonly connection: Connection;
  readonly log: Log;
};

function unknownSource(source: string): { readonly ok: false; readonly error: Failure } {
  return fail(
    'not-found',
    `The source ${source} is not open in this window.`,
    'Open its folder again; it may have been closed or removed.',
  );
}

function withSource<T>(
  context: EngineContext,
  source: string,
  answer: (session: VekSession) => T,
): T | Result<never> {
  const session = context.connection.source(source);
  return session === null ? unknownSource(source) : answer(session);
}

function withAgents<T>(
  context: EngineContext,
  source: string,
  answer: (answers: AgentsSession['answers']) => T,
): T | Result<never> {
  const session = context.connection.agents(source);
  return session === null ? unknownSource(source) : answer(session.answers);
}

function withEdits<T>(
  context: EngineContext,
  source: string,
  answer: (edits: AgentsSession['edits']) => T,
): T | Result<never> {
  const session = context.connection.agents(source);
  return session === null ? unknownSource(source) : answer(session.edits);
}

function withLedger<T>(
  context: EngineContext,
  source: string,
  answer: (answers: LedgerSession['answers']) => T,
): T | Result<never> {
  const session = context.connection.ledger(source);
  return session === null ? unknownSource(source) : answer(session.answers);
}

/** Of what every kind of source has. */
function withAny<T>(
  { connection }: EngineContext,
  source: string,
  answer: (session: VekSession | AgentsSession | LedgerSession) => T,
): T | Result<never> {
  const session = connection.source(source) ?? connection.agents(source) ?? connection.ledger(source);
  return session === null ? unknownSource(source) : answer(session);
}

/** The answers to everything in `src/contract/contract.ts`. */
export function createRouter() {
  const os = implement(contract)
    .$context<EngineContext>()
    .use(({ context, path, signal, next }) => logged(context.log, path, signal, () => next()));
  return os.router({
    app: {
      info: os.app.info.handler(({ context: { options } }) => ({
        host: options.host,
        version: options.version,
        sample: options.sample === null ? null : 'atlas-research',
        initial: options.initial,
        roots: options.roots,
        dataDir: options.dataDir,
      })),
      recents: os.app.recents.handler(({ context }) => listRecents(context.options)),
      forgetRecent: os.app.forgetRecent.handler(({ context, input }) => {
        forgetRecent(context.options, input.path);
        return listRecents(context.options);
      }),
      loadState: os.app.loadState.handler(({ context }) =>
        readAppFile(context.options.dataDir, WINDOW_STATE),
      ),
      log: os.app.log.handler(({ context, input }) => {
        context.log.fault(input.event, input);
        return ok(null);
      }),
      logFile: os.app.logFile.handler(({ context }) => logFile(context)),
      saveState: os.app.saveState.handler(({ context, input }) => {
        try {
          writeAppFile(context.options.dataDir, WINDOW_STATE, input.json);
          return ok(null);
        } catch (error) {
          return fail(
            'io',
            'The layout could not be saved.',
            `Check that ${context.options.dataDir} can be written.`,
            String(error),
          );
        }
      }),
    },
    workspace: {
      open: os.workspace.open.handler(({ context, input }) => context.connection.open(input.path)),
      openSample: os.workspace.openSample.handler(async ({ context }) => {
        const folder = openSampleFolder(context.options);
        return folder.ok ? context.connection.open(folder.value) : folder;
      }),
      events: os.workspace.events.handler(({ context, signal }) => context.connection.events(signal)),
    },
    vek: {
      overview: os.vek.overview.handler(({ context, input }) =>
        withSource(context, input.source, (session) => session.overview()),
      ),
      rows: os.vek.rows.handler(({ context, input, signal }) =>
        withSource(context, input.source, (session) =>
          session.rows(input.view, input.start, input.count, signal),
        ),
      ),
      tools: os.vek.tools.handler(({ context, input }) =>
        withSource(context, input.source, (session) => session.tools()),
      ),
      shape: os.vek.shape.handler(({ context, input, signal }) =>
        withSource(context, input.source, (session) =>
          session.shape(input.view, input.start, input.count, signal),
        ),
      ),
      strip: os.vek.strip.handler(({ context, input, signal }) =>
        withSource(context, input.source, (session) => session.strip(input.view, input, signal)),
      ),
      findFailures: os.vek.findFailures.handler(async function* ({ context, input, signal }) {
        const session = context.connection.source(input.source);
        if (session === null) {
          yield { type: 'failed', error: unknownSource(input.source).error };
          return;
        }
        yield* session.findFailures(signal);
      }),
      stopReading: os.vek.stopReading.handler(({ context, input }) =>
        withAny(context, input.source, (session) => session.stopReading()),
      ),
      readAgain: os.vek.readAgain.handler(({ context, input }) =>
        withAny(context, input.source, (session) => session.readAgain()),
      ),
      locate: os.vek.locate.handler(({ context, input, signal }) =>
        withSource(context, input.source, (session) => session.locate(input.view, input.hash, signal)),
      ),
      step: os.vek.step.handler(({ context, input, signal }) =>
        withSource(context, input.source, (session) =>
          session.step(input.view, input.hash, input.to, signal),
        ),
      ),
      node: os.vek.node.handler(({ context, input }) =>
        withSource(context, input.source, (session) => session.node(input.hash)),
      ),
      before: os.vek.before.handler(({ context, input }) =>
        withSource(context, input.source, (session) => session.before(input.hash)),
      ),
      content: os.vek.content.handler(({ context, input }) =>
        withSource(context, input.source, (session) => session.content(input.hash, input.limitBytes)),
      ),
      bytes: os.vek.bytes.handler(({ context, input }) =>
        withSource(context, input.source, (session) => session.bytes(input.hash)),
      ),
      integrity: os.vek.integrity.handler(({ context, input }) =>
        withSource(context, input.source, (session) => session.integrity()),
      ),
      chain: os.vek.chain.handler(({ context, input }) =>
        withSource(context, input.source, (session) => session.chain(input.hash)),
      ),
      evidence: os.vek.evidence.handler(({ context, input, signal }) =>
        withSource(context, input.source, (session) => session.evidence(input.form, signal)),
      ),
      check: os.vek.check.handler(async function* ({ context, input, signal }) {
        const session = context.connection.source(input.source);
        if (session === null) {
          yield { type: 'failed', error: unknownSource(input.source).error };
          return;
        }
        yield* session.check(signal);
      }),
    },
    merge: {
      preview: os.merge.preview.handler(({ context, input, signal }) =>
        withSource(context, input.source, (session) =>
          session.merges.preview(input.into, input.from, signal),
        ),
      ),
      rule: os.merge.rule.handler(({ context, input }) =>
        withSource(context, input.source, (session) => session.merges.rule(input.tool, input.rule)),
      ),
      open: os.merge.open.handler(({ context, input, signal }) =>
        withSource(context, input.source, (session) => session.merges.open(input.into, input.from, signal)),
      ),
      texts: os.merge.texts.handler(({ context, input }) =>
        withSource(context, input.source, (session) =>
          session.merges.texts(input.merge, input.decision, input.limitBytes),
        ),
      ),
      save: os.merge.save.handler(({ context, input }) =>
        withSource(context, input.source, (session) => session.merges.save(input)),
      ),
      abandon: os.merge.abandon.handler(({ context, input }) =>
        withSource(context, input.source, (session) => session.merges.abandon(input.into, input.from)),
      ),
      list: os.merge.list.handler(({ context, input }) =>
        withSource(context, input.source, (session) => session.merges.list()),
      ),
      plan: os.merge.plan.handler(({ context, input }) =>
        withSource(context, input.source, (session) => session.planMerge(input.merge, input.decisions)),
      ),
    },
    compare: {
      runs: os.compare.runs.handler(({ context, input, signal }) =>
        withSource(context, input.source, (session) =>
          session.runs.compare(input.a, input.b, input.ignore, signal),
        ),
      ),
      rows: os.compare.rows.handler(({ context, input }) =>
        withSource(context, input.source, (session) =>
          session.runs.rows(input.comparison, input.start, input.count),
        ),
      ),
      common: os.compare.common.handler(({ context, input }) =>
        withSource(context, input.source, (session) =>
          session.runs.common(input.comparison, input.start, input.count),
        ),
      ),
      sums: os.compare.sums.handler(({ context, input, signal }) =>
        withSource(context, input.source, (session) => session.runs.sums(input.comparison, signal)),
      ),
    },
    agents: {
      overview: os.agents.overview.handler(({ context, input, signal }) =>
        withAgents(context, input.source, (answers) => answers.overview(input, signal)),
      ),
      fleet: os.agents.fleet.handler(({ context, input, signal }) =>
        withAgents(context, input.source, (answers) => answers.fleet(input, signal)),
      ),
      agent: os.agents.agent.handler(({ context, input, signal }) =>
        withAgents(context, input.source, (answers) => answers.agent(input, signal)),
      ),
      costs: os.agents.costs.handler(({ context, input, signal }) =>
        withAgents(context, input.source, (answers) => answers.costs(input, signal)),
      ),
      whatIf: os.agents.whatIf.handler(({ context, input, signal }) =>
        withAgents(context, input.source, (answers) => answers.whatIf(input, signal)),
      ),
      records: os.agents.records.handler(({ context, input, signal }) =>
        withAgents(context, input.source, (answers) => answers.records(input, signal)),
      ),
      locate: os.agents.locate.handler(({ context, input, signal }) =>
        withAgents(context, input.source, (answers) => answers.locate(input, signal)),
      ),
      facets: os.agents.facets.handler(({ context, input, signal }) =>
        withAgents(context, input.source, (answers) => answers.facets(input, signal)),
      ),
      record: os.agents.record.handler(async ({ context, input, signal }) => {
        const detail = await withAgents(context, input.source, (answers) => answers.record(input, signal));
        return detail.ok ? ok(await context.connection.links.ofRecord(detail.value, signal)) : detail;
      }),
      tree: os.agents.tree.handler(({ context, input, signal }) =>
        withAgents(context, input.source, (answers) => answers.tree(input, signal)),
      ),
      badLines: os.agents.badLines.handler(({ context, input, signal }) =>
        withAgents(context, input.source, (answers) => answers.badLines(input, signal)),
      ),
      exportRecords: os.agents.exportRecords.handler(({ context, input, signal }) =>
        withAgents(context, input.source, (answers) => answers.exportRecords(input, signal)),
      ),
      exportCosts: os.agents.exportCosts.handler(({ context, input, signal }) =>
        withAgents(context, input.source, (answers) => answers.exportCosts(input, signal)),
      ),
      files: os.agents.files.handler(({ context, input, signal }) =>
        withAgents(context, input.source, (answers) => answers.files(input, signal)),
      ),
      file: os.agents.file.handler(({ context, input, signal }) =>
        withAgents(context, input.source, (answers) => answers.file(input, signal)),
      ),
      part: os.agents.part.handler(({ context, input, signal }) =>
        withAgents(context, input.source, (answers) => answers.part(input, signal)),
      ),
      prompt: os.agents.prompt.handler(({ context, input, signal }) =>
        withAgents(context, input.source, (answers) => answers.prompt(input, signal)),
      ),
      escalations: os.agents.escalations.handler(({ context, input, signal }) =>
        withAgents(context, input.source, (answers) => answers.escalations(input, signal)),
      ),
      doctor: os.agents.doctor.handler(({ context, input, signal }) =>
        withAgents(context, input.source, (answers) => answers.doctor(input, signal)),
      ),
      linksOfCall: os.agents.linksOfCall.handler(({ context, input, signal }) =>
        context.connection.links.ofCall(input.source, input.hash, signal),
      ),
    },
    edits: {
      draft: os.edits.draft.handler(({ context, input }) =>
        withEdits(context, input.source, (edits) => edits.draft(input)),
      ),
      plan: os.edits.plan.handler(({ context, input }) =>
        withEdits(context, input.source, (edits) => edits.plan(input)),
      ),
      apply: os.edits.apply.handler(({ context, input }) =>
        withEdits(context, input.source, (edits) => edits.apply(input)),
      ),
      list: os.edits.list.handler(({ context, input }) =>
        withEdits(context, input.source, (edits) => edits.list(input)),
      ),
      history: os.edits.history.handler(({ context, input }) =>
        withEdits(context, input.source, (edits) => edits.history(input)),
      ),
      version: os.edits.version.handler(({ context, input }) =>
        withEdits(context, input.source, (edits) => edits.version(input)),
      ),
      sets: os.edits.sets.handler(({ context, input }) =>
        withEdits(context, input.source, (edits) => edits.sets(input)),
      ),
      saveSet: os.edits.saveSet.handler(({ context, input }) =>
        withEdits(context, input.source, (edits) => edits.saveSet(input)),
      ),
      dropSet: os.edits.dropSet.handler(({ context, input }) =>
        withEdits(context, input.source, (edits) => edits.dropSet(input)),
      ),
      personaVersions: os.edits.personaVersions.handler(({ context, input }) =>
        withEdits(context, input.source, (edits) => edits.personaVersions(input)),
      ),
      templates: os.edits.templates.handler(({ context, input }) =>
        withEdits(context, input.source, (edits) => edits.templates(input)),
      ),
      fromTemplate: os.edits.fromTemplate.handler(({ context, input }) =>
        withEdits(context, input.source, (edits) => edits.fromTemplate(input)),
      ),
      search: os.edits.search.handler(({ context, input }) =>
        withEdits(context, input.source, (edits) => edits.search(input)),
      ),
      mergeOpen: os.edits.mergeOpen.handler(({ context, input }) =>
        withEdits(context, input.source, (edits) => edits.mergeOpen(input)),
      ),
      mergeTexts: os.edits.mergeTexts.handler(({ context, input }) =>
        withEdits(context, input.source, (edits) => edits.mergeTexts(input)),
      ),
      mergeResult: os.edits.mergeResult.handler(({ context, input }) =>
        withEdits(context, input.source, (edits) => edits.mergeResult(input)),
      ),
    },
    ledger: {
      overview: os.ledger.overview.handler(({ context, input, signal }) =>
        withLedger(context, input.source, (answers) => answers.overview(input, signal)),
      ),
      rows: os.ledger.rows.handler(({ context, input, signal }) =>
        withLedger(context, input.source, (answers) => answers.rows(input, signal)),
      ),
      locate: os.ledger.locate.handler(({ context, input, signal }) =>
        withLedger(context, input.source, (answers) => answers.locate(input, signal)),
      ),
      facets: os.ledger.facets.handler(({ context, input, signal }) =>
        withLedger(context, input.source, (answers) => answers.facets(input, signal)),
      ),
      entry: os.ledger.entry.handler(({ context, input, signal }) =>
        withLedger(context, input.source, (answers) => answers.entry(input, signal)),
      ),
      execution: os.ledger.execution.handler(async ({ context, input, signal }) => {
        const detail = await withLedger(context, input.source, (answers) => answers.execution(input, signal));
        return detail.ok
          ? ok(await context.connection.links.ofExecution(input.source, detail.value, signal))
          : detail;
      }),
      timeline: os.ledger.timeline.handler(({ context, input, signal }) =>
        withLedger(context, input.source, (answers) => answers.timeline(input, signal)),
      ),
      accounts: os.ledger.accounts.handler(({ context, input, signal }) =>
        withLedger(context, input.source, (answers) => answers.accounts(input, signal)),
      ),
      report: os.ledger.report.handler(({ context, input, signal }) =>
        withLedger(context, input.source, (answers) => answers.report(input, signal)),
      ),
      chain: os.ledger.chain.handler(({ context, input, signal }) =>
        withLedger(context, input.source, (answers) => answers.chain(input, signal)),
      ),
      proof: os.ledger.proof.handler(async function* ({ context, input, signal }) {
        const session = context.connection.ledger(input.source);
        if (session === null) {
          yield { type: 'failed', error: unknownSource(input.source).error };
          return;
        }
        yield* session.proof(signal);
      }),
      proofScript: os.ledger.proofScript.handler(({ context, input, signal }) =>
        withLedger(context, input.source, (answers) => answers.proofScript(input, signal)),
      ),
      compare: os.ledger.compare.handler(({ context, input, signal }) =>
        withLedger(context, input.source, (answers) => {
          const other = context.connection.ledger(input.other)?.paths.db ?? input.other;
          return answers.compare({ other }, signal);
        }),
      ),
      exportRows: os.ledger.exportRows.handler(({ context, input, signal }) =>
        withLedger(context, input.source, (answers) => answers.exportRows(input, signal)),
      ),
      verify: os.ledger.verify.handler(async function* ({ context, input, signal }) {
        const session = context.connection.ledger(input.source);
        if (session === null) {
          yield { type: 'failed', error: unknownSource(input.source).error };
          return;
        }
        yield* session.verify(signal);
      }),
    },
    operations: {
      plan: os.operations.plan.handler(({ context, input }) =>
        withSource(context, input.source, (session) => session.plan(input.action)),
      ),
      apply: os.operations.apply.handler(({ context, input }) =>
        withSource(context, input.source, (session) => session.apply(input.plan)),
      ),
      list: os.operations.list.handler(({ context, input }) =>
        withSource(context, input.source, (session) => session.operations()),
      ),
    },
  });
}
