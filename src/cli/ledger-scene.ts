import { statSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import type { LedgerIndex } from '../core/aex/columns.ts';
import { readModels } from '../core/aex/config/models.ts';
import { ledgerAt } from '../core/aex/find.ts';
import { openIndex } from '../core/aex/index/open.ts';
import type { LedgerPaths } from '../core/aex/paths.ts';
import { largeAmounts, oddRows, roundedMicro, type AccountRow } from '../core/aex/rows.ts';
import { formMasker, type Masker } from '../core/aex/secrets.ts';
import { lookAtLedger } from '../core/aex/store.ts';
import { maskerIn } from '../core/aex/tokens.ts';
import type { LedgerFacts } from '../core/aex/views/facts.ts';
import type { Plain } from '../core/json/build.ts';
import { fail, ok, type Failure, type Result } from '../core/result.ts';
import { dataDirPath } from '../core/storage/data-dir.ts';
import { systemFailure } from '../core/storage/failures.ts';
import { inspectFolder, type FoundLedger } from '../core/workspace/inspect.ts';
import type { Call } from './command.ts';
import { jsonText, type Output } from './output.ts';

/** The ledger that a verb is about: the file itself, the one that a folder holds, or the one near the start folder. */
export function ledgerOf(call: Call, file: string | undefined): Result<LedgerPaths> {
  const path = resolve(call.start, file ?? '.');
  let isFolder: boolean;
  try {
    isFolder = statSync(path).isDirectory();
  } catch (error) {
    return systemFailure(error, path);
  }
  if (!isFolder) return ledgerAt(path);
  const inspected = inspectFolder(path);
  if (!inspected.ok) return inspected;
  const found = inspected.value.stores.filter((store): store is FoundLedger => store.kind === 'aex');
  for (const note of inspected.value.notes) call.out.note(note);
  const [only] = found;
  if (only === undefined) {
    return fail(
      'not-found',
      `There is no ledger in ${path}: no database there has the tables of AEX.`,
      'Name the file, for example: vekscope ledger verify ~/.aex/aex.db',
    );
  }
  if (found.length === 1) return ok(only.paths);
  const names = found.map(({ path: db }) => relative(path, db) || db);
  return fail(
    'ambiguous',
    `There are ${found.length} ledgers in ${path}: ${names.slice(0, 10).join(', ')}${names.length > 10 ? ', …' : ''}`,
    'Name the one you mean.',
  );
}

/** What the verbs about a ledger print with: no token of it gets out, whatever text it stands in. */
export type LedgerOutput = Pick<Output, 'json' | 'note' | 'paint' | 'failure'> & {
  answer(value: unknown, lines: () => readonly string[]): void;
  /** one item of a long answer, as it stands in JSON */
  item(value: unknown): string;
  /** one line of it */
  line(text: string): string;
};

export function withholding(out: Output, masker: Masker): LedgerOutput {
  return {
    json: out.json,
    paint: out.paint,
    note: (text) => out.note(masker.text(text)),
    failure: (error: Failure) => out.failure(masker.deep(error)),
    item: (value) => jsonText(masker.deep(value) as Plain),
    line: (text) => masker.text(text),
    answer: (value, lines) => out.answer(masker.deep(value) as Plain, () => masker.deep(lines())),
  };
}

/** The output for a ledger, with its tokens withheld. */
export function outputFor(call: Call, paths: LedgerPaths): LedgerOutput {
  const masker = lookAtLedger(paths, maskerIn);
  return withholding(call.out, masker.ok ? masker.value : formMasker);
}

/** A ledger with all its entries read. */
export type LedgerCall = {
  readonly paths: LedgerPaths;
  readonly out: LedgerOutput;
  readonly index: LedgerIndex;
  readonly accounts: readonly AccountRow[];
  readonly facts: LedgerFacts;
};

/** Reads the ledger that a verb was called for. What the file lacks or lost is said on standard error. */
export async function ledgerCall(call: Call, file: string | undefined): Promise<Result<LedgerCall>> {
  const paths = ledgerOf(call, file);
  if (!paths.ok) return paths;
  const looked = lookAtLedger(paths.value, (look) => ({
    masker: maskerIn(look),
    accounts: look.accounts(),
    damage: look.damage,
    differs: look.schema.differs,
  }));
  if (!looked.ok) return looked;
  const { masker, accounts, damage, differs } = looked.value;
  const out = withholding(call.out, masker);
  for (const note of [...damage, ...differs, ...largeAmounts(accounts), ...oddRows(accounts)]) out.note(note);
  const index = await openIndex(paths.value, { dataDir: dataDirPath() });
  if (!index.ok) return index;
  const models = readModels(paths.value);
  if (models !== null && models.problem !== null) out.note(`${models.path} can't be used: ${models.problem}`);
  return ok({
    paths: paths.value,
    out,
    index: index.value,
    accounts,
    facts: {
      budgets: new Map(accounts.map((row) => [row.name, roundedMicro(row, 'budgetMicro')])),
      findings: new Map(),
      prices: models === null || models.problem !== null ? null : models.models,
      nowMicros: Date.now() * 1000,
    },
  });
}
