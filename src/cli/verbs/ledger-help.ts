/** What `vekscope ledger --help` says beside its summary. */
export const ledgerHelp: readonly string[] = [
  '',
  'FILE is the database of AEX, or a folder that holds one; the current folder unless told.',
  'Nothing is ever written into it, and its tokens are never printed.',
  '',
  'verify      recomputes the chain, replays the balances, and compares all records with each other and with',
  '            what was seen of this ledger before. Exit code 0: nothing is wrong, 1: something is, 2: could not run',
  '--verbose   also says what holds and what can’t be known',
  'balances    what each agent has, by its row and by the log',
  'events      entries of the log, newest first; 20 unless told',
  'executions  one line for each call, newest first; 20 unless told',
  'spend       what was charged; --by day, agent or model, by day unless told',
  '',
  '--agent NAME   of one agent only',
  '--query TEXT   only entries that fit, as the window’s filter takes it: is:overrun, model:mini, cost:>0.001, …',
  '-n N | --all   how many',
  'Amounts in JSON are whole micro-dollars: millionths of a dollar.',
];
