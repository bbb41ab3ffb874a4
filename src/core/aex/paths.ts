/** Where a ledger is: `db` the database, with links resolved; `dir` the folder that holds it. */
export type LedgerPaths = {
  readonly db: string;
  readonly dir: string;
};
