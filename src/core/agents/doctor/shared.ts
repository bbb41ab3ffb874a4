import type { DoctorCheck } from '../../../contract/doctor.ts';
import { counted } from '../figures/numbers.ts';
import type { AgentFolder } from '../folder.ts';
import { readAlertStates } from '../alerts.ts';
import { readQueue } from '../parts/queue.ts';
import { isPolicyName } from '../settings/policy.ts';
import { readPolicy, readTargets } from '../settings.ts';
import { judged, ofFindings, passed, skipped } from './check.ts';
import type { About, Found } from './check.ts';

/** What holds for all agents of a root (formats/atomic-agents.md §12). */
export function sharedChecks(folder: AgentFolder): DoctorCheck[] {
  return [registry(folder), policy(folder), targets(folder), alerts(folder)];
}

function registry(folder: AgentFolder): DoctorCheck {
  const { agents, leftOut, single } = folder.root;
  const about: About = {
    agent: null,
    name: 'agent-registry',
    title: 'Agents of the folder',
    means: 'A folder that is no agent to the runtime does not run, and is in no list.',
  };
  if (single !== null) return skipped(about, 'One agent was opened alone.');
  const found: Found[] = [
    ...leftOut.map(({ name, why }): Found => ({
      status: 'warn',
      message: `${name}: ${why}`,
      hint: 'Mend the folder, or move it away.',
    })),
    ...agents.flatMap(({ name, logOnly }): Found[] =>
      logOnly
        ? [
            {
              status: 'warn',
              message: `${name} has logs and no model.md.`,
              hint: 'Add a model.md, or move the folder away.',
            },
          ]
        : [],
    ),
  ];
  return judged(about, found, `${counted(agents.length, 'agent')}.`);
}

/** The runtime's doctor warns where there is no policy.md: then no agent has a limit of the root. */
function policy(folder: AgentFolder): DoctorCheck {
  const read = readPolicy(folder);
  const about: About = {
    agent: null,
    name: 'policy',
    title: 'Limits of the root',
    // The runtime (2.0.0) catches the error of a broken file, takes “no opinion” and goes on.
    means:
      'Without a policy.md no limit of the root holds. One that can’t be read counts as none: the runtime only warns in its own log and goes on.',
    path: read.path ?? folder.sharedPath('policy.md'),
  };
  if (read.path === null) {
    const message = 'There is no policy.md, so only the limits of each agent hold.';
    return judged(
      about,
      [{ status: 'warn', message, hint: 'Write one if all agents should have limits.' }],
      '',
    );
  }
  const found = ofFindings(read.findings, read.path);
  const known = new Set(folder.root.agents.map(({ name }) => name));
  for (const name of read.agents.keys()) {
    if (known.has(name) || folder.root.single !== null) continue;
    const hint = 'Mend the name, or take it out.';
    found.push({ status: 'warn', message: `It sets limits for ${name}, which is no agent here.`, hint });
  }
  for (const { name, logOnly } of folder.root.agents) {
    if (logOnly || read.broken !== null || isPolicyName(name)) continue;
    const message = `Its limits don’t hold for ${name}: the runtime takes only A–Z, a–z, 0–9 and _ . + @ - in a name.`;
    found.push({ status: 'warn', message, hint: 'Rename the folder.' });
  }
  return judged(about, found, 'It can be read.');
}

function targets(folder: AgentFolder): DoctorCheck {
  const { from, problems } = readTargets(folder);
  const about: About = {
    agent: null,
    name: 'targets',
    title: 'Targets of the score',
    means:
      'A target that can’t be read is replaced by its default, so the score says something else than was meant.',
    path: from[0] ?? null,
  };
  if (from.length === 0) return skipped(about, 'There is no targets.md: the defaults hold.');
  return judged(about, ofFindings(problems, from[0]!), 'All of them can be read.');
}

function alerts(folder: AgentFolder): DoctorCheck {
  const { path, badLines } = readAlertStates(folder);
  const about: About = {
    agent: null,
    name: 'alert-state',
    title: 'Alerts that were seen',
    means: 'An alert that was put to sleep comes back.',
    path,
  };
  if (path === null) return skipped(about, 'No alert was ever acknowledged or put to sleep.');
  const message = `${counted(badLines, 'line')} can't be read.`;
  return judged(
    about,
    badLines === 0 ? [] : [{ status: 'warn', message, hint: 'Take the broken lines out.' }],
    'Every line can be read.',
  );
}

/** Work of cascade systems that nobody takes up any more (§2.23). */
export function queues(folder: AgentFolder): DoctorCheck {
  const about: About = {
    agent: null,
    name: 'queue',
    title: 'Queues of cascade systems',
    means: 'An item in the dead letters is never done unless somebody puts it back.',
  };
  if (folder.root.cascades.length === 0) return skipped(about, 'There is no cascade system.');
  const items = readQueue(folder).projects.flatMap((project) => project.items);
  const found = items
    .filter(({ state }) => state === 'dead-letter')
    .map(({ path, reason }): Found => {
      const message = `An item lies in the dead letters: ${reason ?? 'no reason is given'}`;
      return {
        status: 'warn',
        message,
        hint: 'Read the reason, and put it back with the runtime’s own command.',
        path,
      };
    });
  return judged(about, found, `${counted(items.length, 'item')}, none in the dead letters.`);
}

const PINNED = 'Which backend is pinned stands in the environment of the runtime.';

/** What the runtime's doctor checks and files alone can't tell (formats/atomic-agents.md §12). */
const NOT_FROM_FILES: readonly (readonly [name: string, title: string, why: string])[] = [
  ['env', 'Environment variables', 'They belong to the process that runs the agents.'],
  ['python', 'Python', 'Which Python runs the agents is not in their folder.'],
  ['provider-keys', 'Keys of the providers', 'Keys are never read.'],
  ['secret-backend', 'Store of secrets', 'Secrets are never read.'],
  ['bundle-cache', 'Cache of bundles', 'It lies outside of the folder.'],
  ['mcp-handshake', 'Whether MCP servers answer', 'Nothing is started and nothing is called.'],
  ['lock-backend', 'Lock backend', PINNED],
  ['log-backend', 'Log backend', PINNED],
  ['profile-backend', 'Profile backend', PINNED],
  ['tool-registry-backend', 'Tool registry backend', PINNED],
  ['memory-backend', 'Memory backend', PINNED],
  ['corpus-backend', 'Corpus backend', PINNED],
  ['goal-backend', 'Goal backend', PINNED],
  ['outcome-backend', 'Outcome backend', PINNED],
  ['journal-backend', 'Journal backend', PINNED],
  ['queue-backend', 'Queue backend', PINNED],
  ['idempotency-backend', 'Idempotency backend', PINNED],
  ['conversation-backend', 'Conversation backend', PINNED],
  ['principal-backend', 'Principal backend', 'Who calls is known to the runtime only.'],
  ['embedding-backend', 'Embedding backend', 'It calls a provider.'],
  ['judge-health', 'Whether the judge answers', 'It calls a provider.'],
];

/** Checks that are listed, so that nobody takes them for made. */
export function uncheckable(folder: AgentFolder): DoctorCheck[] {
  return NOT_FROM_FILES.map(([name, title, why]) =>
    skipped({ agent: folder.root.single, name, title, means: '' }, why),
  );
}

/** Parts of an agent that a database holds: the folder is not the truth for them (§13). */
export function elsewhereChecks(
  agent: string,
  elsewhere: readonly { readonly protocol: string; readonly where: string; readonly why: string }[],
): DoctorCheck[] {
  if (elsewhere.length === 0) {
    const about: About = { agent, name: 'elsewhere', title: 'Parts in a database', means: '' };
    return [passed(about, 'All parts are kept in files.')];
  }
  return elsewhere.map(({ protocol, why }) =>
    skipped(
      { agent, name: `elsewhere-${protocol}`, title: `Kept in a database: ${protocol}`, means: '' },
      why,
    ),
  );
}
