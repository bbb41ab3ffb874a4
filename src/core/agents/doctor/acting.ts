import { accessSync, constants, existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, relative, resolve, sep } from 'node:path';
import type { DoctorCheck } from '../../../contract/doctor.ts';
import { counted } from '../figures/numbers.ts';
import type { AgentFolder } from '../folder.ts';
import { readRunning } from '../lock.ts';
import { fileOf } from '../parts/read.ts';
import type { AgentRecords } from '../records/table.ts';
import type { AgentSettings } from '../settings.ts';
import { parseMcp } from '../settings/mcp.ts';
import { judged, ofFindings, passed, skipped } from './check.ts';
import type { About, Found } from './check.ts';
import { fixId } from './fix.ts';

/** What an agent may do, and whether it can (formats/atomic-agents.md §12). */
export function actingChecks(
  folder: AgentFolder,
  settings: AgentSettings,
  records: AgentRecords | null,
): DoctorCheck[] {
  return [
    writePaths(folder, settings),
    toolClasses(folder, settings, records),
    mcp(folder, settings.agent),
    roster(folder, settings),
    locks(folder, settings.agent),
  ];
}

/** Where a path of `tools.md` lies: home and the agent's folder put in, as the runtime does. */
function placeOf(agentDir: string, text: string): string {
  if (text === '~' || text.startsWith('~/')) return join(homedir(), text.slice(1));
  return resolve(agentDir, text);
}

const holds = (parent: string, child: string): boolean => {
  const way = relative(parent, child);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`));
};

function writePaths(folder: AgentFolder, { agent, tools }: AgentSettings): DoctorCheck {
  const path = folder.pathOf(agent, 'tools.md');
  const about: About = {
    agent,
    name: 'write-paths',
    title: 'Paths it may write to',
    means: 'What the agent wants to keep is refused, after the call was paid for.',
    path,
  };
  const dir = join(folder.root.path, folder.pathOf(agent, ''));
  const memory = join(dir, 'memory');
  if (tools.writePaths.length === 0) {
    const message = 'tools.md names no write path, so every note the agent wants to keep is refused.';
    return judged(about, [{ status: 'fail', message, hint: 'Add memory/ under “## Write paths”.' }], '');
  }
  const found: Found[] = [];
  const outside: string[] = [];
  for (const { text, line } of tools.writePaths) {
    const place = placeOf(dir, text);
    if (!holds(folder.root.path, place)) outside.push(text);
    else if (!existsSync(place)) {
      found.push({
        status: 'fail',
        message: `${text} does not exist.`,
        hint: 'Create it, or mend the path.',
        line,
      });
    } else if (!writable(place)) {
      found.push({
        status: 'fail',
        message: `${text} can't be written to.`,
        hint: 'Change who may write there.',
        line,
      });
    }
  }
  const within = (list: AgentSettings['tools']['writePaths']) =>
    list.find(({ text }) => holds(placeOf(dir, text), memory));
  const readOnly = within(tools.readOnlyPaths);
  if (within(tools.writePaths) === undefined) {
    const message = 'The memory of this folder lies in no write path, so notes are refused.';
    const hint =
      outside.length > 0
        ? 'The paths name another place. If the agent runs there, and this is a copy, all is well; else write memory/.'
        : 'Add memory/ under “## Write paths”.';
    found.push({ status: 'fail', message, hint, line: tools.writePaths[0]!.line });
  } else if (readOnly !== undefined) {
    const message = `The memory lies in ${readOnly.text}, which is read-only, so notes are refused.`;
    found.push({
      status: 'fail',
      message,
      hint: 'Take it out of “## Read-only paths”.',
      line: readOnly.line,
    });
  } else if (existsSync(memory) && !writable(memory)) {
    found.push({
      status: 'fail',
      message: "memory/ can't be written to.",
      hint: 'Change who may write there.',
    });
  }
  return judged(
    about,
    found,
    `${counted(tools.writePaths.length, 'write path')}, the memory among them.`,
    outside.map((text) => `${text} lies outside of the opened folder and was not looked at.`),
  );
}

function writable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function toolClasses(
  folder: AgentFolder,
  settings: AgentSettings,
  records: AgentRecords | null,
): DoctorCheck {
  const { agent, tools, toolClasses: classes } = settings;
  const path = folder.pathOf(agent, 'tools.md');
  const named = new Set(classes.map(({ tool }) => tool));
  const used = (records?.tool.names ?? []).filter((name) => name !== null && name !== '' && !named.has(name));
  const found = ofFindings(tools.findings, path);
  for (const name of used) {
    found.push({
      status: 'warn',
      message: `${name} was called and has no class, so it counts as external_side_effect.`,
      hint: `Add “- ${name}: class” under “## Tool classification”.`,
      path,
    });
  }
  const check = judged(
    {
      agent,
      name: 'tool-classes',
      title: 'Classes of tools',
      means: 'The judge decides by the class; a tool without one is judged as an effect outside.',
      path,
    },
    found,
    classes.length === 0
      ? 'No tool was called, and none is classed.'
      : `${counted(classes.length, 'tool')} classed.`,
  );
  // which tools were called stands in the logs alone
  const called = used.filter((name): name is string => name !== null);
  return { ...check, fix: { id: fixId('tool-classes', agent, called), label: '' } };
}

function mcp(folder: AgentFolder, agent: string): DoctorCheck {
  const path = folder.pathOf(agent, 'mcp.md');
  const about: About = {
    agent,
    name: 'mcp',
    title: 'MCP servers',
    means:
      'A server that is not taken leaves the agent without its tools; a secret in the file can be read by all.',
    path,
  };
  const file = fileOf(folder, path);
  if (file === null) return skipped(about, 'There is no mcp.md: the agent uses no server.');
  const { servers, findings } = parseMcp(file.text ?? '');
  const found = ofFindings(findings, path);
  for (const server of servers) {
    if (server.loaded || found.some(({ message }) => message.includes(server.name))) continue;
    found.push({
      status: 'warn',
      message: `${server.name} is not taken: ${server.why ?? 'its section is not complete'}`,
      hint: 'Mend its section.',
      line: server.line,
    });
  }
  if (servers.length === 0 && found.length === 0) return skipped(about, 'mcp.md names no server.');
  return judged(about, found, `${counted(servers.length, 'server')}. Whether they answer was not tried.`);
}

function roster(folder: AgentFolder, { agent, roster: names }: AgentSettings): DoctorCheck {
  const path = folder.pathOf(agent, 'roster.md');
  const about: About = {
    agent,
    name: 'roster',
    title: 'Agents it may call',
    means: 'A call of an agent that is not there fails.',
    path,
  };
  if (!folder.isFile(path)) return skipped(about, 'There is no roster.md: it calls no other agent.');
  if (folder.root.single !== null) {
    return skipped(about, 'The agent was opened alone, so it is not known which others there are.');
  }
  const there = new Set(folder.root.agents.filter(({ logOnly }) => !logOnly).map(({ name }) => name));
  const found = names.flatMap(({ name, line }): Found[] => {
    if (name === agent) {
      const message = 'It names itself, and an agent cannot call itself.';
      return [{ status: 'warn', message, hint: 'Take the line out.', line }];
    }
    if (there.has(name)) return [];
    return [
      { status: 'warn', message: `There is no agent ${name}.`, hint: 'Mend the name, or take it out.', line },
    ];
  });
  if (names.length === 0) return passed(about, 'It names no agent under “## Delegate to”.');
  return judged(about, found, `${counted(names.length, 'agent')}, all there.`);
}

/** A lock file says nothing by being there (§14); one that is held fails, as the runtime's doctor has it. */
function locks(folder: AgentFolder, agent: string): DoctorCheck {
  const about: About = {
    agent,
    name: 'locks',
    title: 'Lock',
    means: 'While a run holds the lock, other runs are refused or wait.',
    path: folder.pathOf(agent, '.lock'),
  };
  const running = readRunning(join(folder.root.path, folder.pathOf(agent, '')));
  if (running.state === 'unknown') return skipped(about, running.how);
  if (running.state === 'idle') return passed(about, running.how);
  const hint = 'Wait for the run to end, or see whether it hangs.';
  return judged(about, [{ status: 'fail', message: running.how, hint }], '');
}
