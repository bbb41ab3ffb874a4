import { join } from 'node:path';
import type { PromptEffect } from '../../../contract/drafts.ts';
import type { PlannedFile } from '../../../contract/edits.ts';
import { placeOf } from '../file-kind.ts';
import type { AgentFolder } from '../folder.ts';
import { kernelLocks, readRunning } from '../lock.ts';
import { parseMcp } from '../settings/mcp.ts';
import { fileOf } from '../parts/read.ts';
import { affectedAgents, agentsOfPersona, sharedPersonaOf } from './affected.ts';
import { indexAbout, problemsOf } from './fixes/memory-index.ts';

/** What a person should know before a change is written, the worst first. */
export function warningsOf(
  folder: AgentFolder,
  after: AgentFolder,
  files: readonly PlannedFile[],
  prompts: readonly PromptEffect[],
): readonly string[] {
  const own = files.filter(({ writtenFor }) => writtenFor === 'person');
  return [
    ...prompts.flatMap(({ agent, blocking }) =>
      blocking.map((why) => `${agent} would no longer load: ${why}`),
    ),
    ...comeAndGo(folder, after),
    ...own.flatMap(({ path, findings }) =>
      findings
        .filter(({ severity, message }) => severity === 'error' && !told(message, prompts))
        .map(({ message }) => `${path}: ${message}`),
    ),
    ...shared(folder, own),
    ...own.flatMap(aboveAgent),
    ...prompts.flatMap(tooLong),
    ...own.flatMap(lineEnds),
    ...own.flatMap((file) => clearSecrets(folder, after, file)),
    ...own.flatMap((file) => indexByHand(folder, after, file)),
    ...running(folder, after, own),
  ];
}

function told(message: string, prompts: readonly PromptEffect[]): boolean {
  return prompts.some(({ blocking }) => blocking.some((why) => why.includes(message)));
}

function comeAndGo(folder: AgentFolder, after: AgentFolder): readonly string[] {
  const before = new Set(agentNames(folder));
  const now = new Set(agentNames(after));
  return [
    ...[...before].filter((name) => !now.has(name)).map((name) => `${name} would no longer be an agent.`),
    ...[...now].filter((name) => !before.has(name)).map((name) => `${name} becomes an agent of this folder.`),
  ];
}

function agentNames(of: AgentFolder): readonly string[] {
  return of.root.agents.filter(({ logOnly }) => !logOnly).map(({ name }) => name);
}

function shared(folder: AgentFolder, own: readonly PlannedFile[]): readonly string[] {
  const ids = new Set(own.flatMap(({ path }) => sharedPersonaOf(path) ?? []));
  return [...ids].flatMap((id) => {
    const users = agentsOfPersona(folder, id);
    return users.length === 0 ? [] : [`The persona ${id} is shared: it changes ${users.join(', ')}.`];
  });
}

/** Of an agent that was opened alone the others are not known. */
function aboveAgent({ path }: PlannedFile): readonly string[] {
  if (!path.startsWith('../')) return [];
  return [`${path} lies above the opened agent: it holds for every other agent there, too.`];
}

function tooLong({ agent, beforeTokens, afterTokens, limitTokens }: PromptEffect): readonly string[] {
  if (afterTokens <= limitTokens || afterTokens <= beforeTokens) return [];
  const before = beforeTokens > limitTokens ? ', and was so before' : '';
  return [
    `The prompt of ${agent} would have about ${afterTokens} tokens; model.md allows ${limitTokens}${before}.`,
  ];
}

/** A change of every line end is seldom meant. */
function lineEnds({ path, before, after }: PlannedFile): readonly string[] {
  if (before === null || after === null) return [];
  const was = before.text.includes('\r\n');
  const is = after.text.includes('\r\n');
  if (was === is || !before.text.includes('\n') || !after.text.includes('\n')) return [];
  return [`Every line of ${path} would end with ${is ? 'CRLF' : 'LF'} instead of ${was ? 'CRLF' : 'LF'}.`];
}

function clearSecrets(
  folder: AgentFolder,
  after: AgentFolder,
  { path, kind }: PlannedFile,
): readonly string[] {
  if (kind !== 'mcp') return [];
  const inClear = (of: AgentFolder): number =>
    parseMcp(fileOf(of, path)?.text ?? '').servers.flatMap(({ env }) => env.filter(({ hidden }) => hidden))
      .length;
  if (inClear(after) <= inClear(folder)) return [];
  return [`A secret would stand in ${path} in clear. Write KEY=$VARIABLE and set the variable.`];
}

/** An index that a person writes is left as it is; what then differs from the notes is said. */
function indexByHand(
  folder: AgentFolder,
  after: AgentFolder,
  { path, kind }: PlannedFile,
): readonly string[] {
  const { agent, within } = placeOf(after, path);
  if (kind !== 'memory-index' || within !== 'memory/INDEX.md' || agent === null) return [];
  const problems = (of: AgentFolder): readonly string[] =>
    problemsOf(fileOf(of, path)?.text ?? '', indexAbout(of, agent)).map(
      (problem) => `${problem.file}: ${problem.message}`,
    );
  const before = new Set(problems(folder));
  return problems(after).filter((problem) => !before.has(problem));
}

/** What only persons write is read when a run begins; beside a run that goes on it changes nothing yet. */
function running(folder: AgentFolder, after: AgentFolder, own: readonly PlannedFile[]): readonly string[] {
  const paths = own.map(({ path }) => path).filter((path) => placeOf(after, path).writtenBy === 'person');
  const agents = affectedAgents(folder, after, paths);
  const locks = kernelLocks();
  const run = agents.filter((agent) => {
    const { state } = readRunning(join(folder.root.path, folder.pathOf(agent, '')), locks);
    return state === 'running' || state === 'probably';
  });
  if (run.length === 0) return [];
  const subject = run.length === 1 ? `${run[0]!} is running` : `${run.join(', ')} are running`;
  return [`${subject}: the change takes effect with the next run.`];
}
