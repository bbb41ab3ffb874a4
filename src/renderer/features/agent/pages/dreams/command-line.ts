/** The command line of the package’s own tool for an agent; `path`: a path of the agent below the opened root. */
export function commandLine(
  module: 'dream' | 'tuning',
  agent: string,
  root: string | null,
  path: string,
  args: readonly string[],
): string {
  const words = ['python', '-m', `atomic_agents.${module}`, agent, ...args];
  const agentsRoot = path.startsWith(`${agent}/`) ? root : (root?.replace(/[/\\][^/\\]+[/\\]?$/, '') ?? null);
  if (agentsRoot !== null && agentsRoot !== '') words.push('--agents-root', agentsRoot);
  return words.map(shellWord).join(' ');
}

/** As a shell takes it for one word. */
function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
