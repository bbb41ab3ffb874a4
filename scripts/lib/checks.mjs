import { pinnedNode, tell, tool } from './project.mjs';
import { run } from './run.mjs';

/** What must hold of the text of the project, each with the tool that says so. */
const checks = [
  {
    name: 'types of engine, hosts and tests',
    command: 'typescript/bin/tsc',
    args: ['-p', 'tsconfig.node.json'],
  },
  { name: 'types of the window', command: 'typescript/bin/tsc', args: ['-p', 'tsconfig.web.json'] },
  { name: 'lint and boundaries', command: 'oxlint/bin/oxlint', args: ['--deny-warnings'] },
  { name: 'dead code and dependencies', command: 'knip/bin/knip.js', args: [] },
  { name: 'format', command: 'prettier/bin/prettier.cjs', args: ['--check', '--log-level', 'warn', '.'] },
];

/** Runs every check, goes on after one that fails, and prints what it said. Returns the names by outcome. */
export async function runChecks() {
  const passed = [];
  const failed = [];
  for (const { name, command, args } of checks) {
    const { code, output } = await run(pinnedNode(), [tool(command), ...args], { quiet: true });
    (code === 0 ? passed : failed).push(name);
    tell(`${code === 0 ? 'ok  ' : 'FAIL'} ${name}`);
    if (code !== 0) tell(output.trimEnd());
  }
  return { passed, failed };
}
