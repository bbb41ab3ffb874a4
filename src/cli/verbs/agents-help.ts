/** What `vekscope agents --help` says beside its summary. */
export const agentsHelp: readonly string[] = [
  '',
  'DIR is a folder that holds agents, or one agent; the current folder unless told.',
  '',
  'list         who is there: state, spending of the day and the month, what waits for an answer',
  'cost         what they cost: sums counted once and as logged, caps, by model and by agent',
  '             --json prints every figure, in dollars',
  'doctor       checks their files; exit code 0: nothing fails, 1: a check fails, 2: could not run',
  'prompt       what the system prompt is put together of, with sizes; --text prints the prompt itself',
  'escalations  proposals that wait for an answer, and what became of the others',
  '',
  '--agent NAME        about one agent only',
  '--today YYYY-MM-DD  figures as of that day; today unless told',
];
