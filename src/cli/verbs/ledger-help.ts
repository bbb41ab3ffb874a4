import type { PartHelp } from '../command.ts';

const FILE = [
  'FILE is the database of AEX, or a folder that holds one; the current folder unless told.',
  'Nothing is ever written into it, and its tokens are never printed.',
];
const AGENT = '--agent NAME   of one agent only';
const ROWS = [
  AGENT,
  '--query TEXT   only entries that fit, as the window’s filter takes it: is:overrun, model:mini, cost:>0.001, …',
  '-n N | --all   how many; the newest 20 unless told',
];
const MICRO = 'Amounts in JSON are whole micro-dollars: millionths of a dollar.';

/** What `vekscope ledger --help` says beside its summary. */
export const ledgerHelp: readonly string[] = [
  '',
  ...FILE,
  '',
  'verify      recomputes the chain, replays the balances, and compares all records with each other and with',
  '            what was seen of this ledger before. Exit code 0: nothing is wrong, 1: something is, 2: could not run',
  '--verbose   also lists every finding, what holds and what can’t be known',
  'balances    what each agent has, by its row and by the log',
  'events      entries of the log, newest first; 20 unless told',
  'executions  one line for each call, newest first; 20 unless told',
  'spend       what was charged; --by day, agent or model, by day unless told',
  'proof       all entries with what a check of them needs, as JSON for a file of any size; --script: the program,',
  '            Python alone, by which a stranger checks that file',
  '',
  ...ROWS,
  MICRO,
  'vekscope ledger verify --help, and so on, says more of each.',
];

const PARTS: Readonly<Record<string, PartHelp>> = {
  verify: {
    usage: 'ledger verify [FILE] [--verbose]',
    summary: 'Recomputes the chain, replays the balances, and compares all records with each other',
    details: [
      '',
      ...FILE,
      '',
      'What it is now is remembered in the app folder, so that a later look notices a cut end or a rewritten past.',
      '--verbose  lists every finding, the checks of AEX, what holds and what can’t be known',
      '--json     {"ok", "chain": {"ok", "detail", "seq"}, "balances": {"ok", "detail"}, "findings": [{"kind", "severity",',
      '           "seq", "execution_id", "agent", "message", "expected", "found"}]}; chain and balances as AEX itself has them',
      '',
      'ok means: the chain and the balances hold, and no finding is an error.',
      'Exit code 0: ok, 1: not ok, 2: it could not be checked.',
    ],
  },
  balances: {
    usage: 'ledger balances [FILE] [--agent NAME]',
    summary: 'What each agent has, by its row and by the log',
    details: ['', ...FILE, '', AGENT, MICRO],
  },
  events: {
    usage: 'ledger events [FILE] [--agent NAME] [--query TEXT] [-n N | --all]',
    summary: 'Entries of the log, newest first, each read from the file with its hash recomputed',
    details: ['', ...FILE, '', ...ROWS, MICRO],
  },
  executions: {
    usage: 'ledger executions [FILE] [--agent NAME] [--query TEXT] [-n N | --all]',
    summary: 'One line for each call, newest first',
    details: ['', ...FILE, '', ...ROWS, MICRO],
  },
  spend: {
    usage: 'ledger spend [FILE] [--by day|agent|model] [--agent NAME]',
    summary: 'What was charged, by the settlements of the log',
    details: [
      '',
      ...FILE,
      '',
      '--by KEY      day (UTC), agent or model; by day unless told',
      AGENT,
      '--json        a list of {KEY, "n", "cost_micro"}',
      MICRO,
    ],
  },
  proof: {
    usage: 'ledger proof [FILE] > proof.json, or: ledger proof --script > check.py',
    summary: 'All entries with what a check of them needs, as JSON for a file of any size',
    details: [
      '',
      ...FILE,
      '',
      '--script  the program by which a stranger checks that file, Python alone: python3 check.py proof.json',
    ],
  },
};

/** What `vekscope ledger PART --help` says; null: there is no such part. */
export const ledgerPartHelp = (name: string): PartHelp | null =>
  Object.hasOwn(PARTS, name) ? PARTS[name]! : null;
