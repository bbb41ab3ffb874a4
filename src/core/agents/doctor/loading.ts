import type { DoctorCheck } from '../../../contract/doctor.ts';
import type { AgentFolder } from '../folder.ts';
import { readMemory } from '../parts/memory.ts';
import { rateOf } from '../prices.ts';
import { readPersona } from '../prompt-persona.ts';
import type { AgentSettings } from '../settings.ts';
import { judged, ofFindings } from './check.ts';
import type { Found } from './check.ts';

/** What has to be there for the runtime to load an agent (formats/atomic-agents.md §12). */
export function loadingChecks(folder: AgentFolder, settings: AgentSettings, today: string): DoctorCheck[] {
  const { agent } = settings;
  return [
    vault(folder, agent),
    persona(folder, agent),
    model(settings),
    notes(folder, agent, today),
    index(folder, agent, today),
  ];
}

const REQUIRED = ['persona/IDENTITY.md', 'memory/INDEX.md', 'tools.md', 'model.md'];

/** The runtime's doctor asks for persona/IDENTITY.md also where a link gives the persona; so a link is enough here. */
function vault(folder: AgentFolder, agent: string): DoctorCheck {
  const linked = folder.isFile(folder.pathOf(agent, 'persona.link.md'));
  const missing = REQUIRED.filter((file) => !folder.has(folder.pathOf(agent, file))).filter(
    (file) => !(linked && file.startsWith('persona/')),
  );
  return judged(
    {
      agent,
      name: 'vault',
      title: 'Required files',
      means: 'Without them the runtime does not load the agent, or it runs without memory.',
    },
    missing.map((file) => ({
      status: 'fail',
      message: `${file} is missing.`,
      hint: 'Create it, or copy it from an agent that works.',
      path: folder.pathOf(agent, file),
    })),
    'All required files are there.',
    linked ? ['The persona is shared: persona.link.md stands in its place.'] : [],
  );
}

function persona(folder: AgentFolder, agent: string): DoctorCheck {
  const { blocking, shared, linkPath, linkLine } = readPersona(folder, agent);
  return judged(
    {
      agent,
      name: 'persona',
      title: 'Persona',
      means: 'An agent without a persona is not loaded.',
      path: linkPath ?? folder.pathOf(agent, 'persona'),
    },
    blocking.map((message) => ({
      status: 'fail',
      message,
      hint: 'Keep either the folder persona/ or persona.link.md with an id that is in .personas/.',
      line: linkLine,
    })),
    shared === null ? 'It has its own persona.' : `It uses the shared persona ${shared}.`,
  );
}

/** As the runtime's doctor: both caps must be set where the guardrails are on. */
function model(settings: AgentSettings): DoctorCheck {
  const { agent, modelPath, guardrails, defaultModel, model: read } = settings;
  const found: Found[] = ofFindings(read.findings, modelPath).filter(
    ({ message }) => !message.includes('has no price') && !message.includes('both caps are 0'),
  );
  const line = (key: string): number | null => read.lines.get(key) ?? null;
  if (read.blocking !== null && !found.some(({ message }) => message === read.blocking)) {
    found.unshift({ status: 'fail', message: read.blocking, hint: 'Mend model.md.', path: modelPath });
  }
  if (rateOf(defaultModel) === null || rateOf(defaultModel)!.embedding) {
    found.unshift({
      status: 'fail',
      message: `The default model ${defaultModel} has no price.`,
      hint: 'Name a model that is in the table of prices; else every call is counted at the highest rates.',
      path: modelPath,
      line: line('defaultModel'),
    });
  }
  for (const [name, cap] of [
    ['daily_cap_usd', guardrails.dailyCapMicros],
    ['monthly_cap_usd', guardrails.monthlyCapMicros],
  ] as const) {
    if (!guardrails.enabled || cap > 0) continue;
    found.unshift({
      status: 'fail',
      message: `The guardrails are on, and ${name} is 0, which is no cap.`,
      hint: `Set ${name}, or turn the guardrails off.`,
      path: modelPath,
      line: line(`cost_guardrails.${name}`),
    });
  }
  return judged(
    {
      agent,
      name: 'model',
      title: 'Model and guardrails',
      means: 'Without a price the guardrails count wrong; without a cap they stop nothing.',
      path: modelPath,
    },
    found,
    `${defaultModel} has a price; the guardrails are ${guardrails.enabled ? 'on, with both caps' : 'off'}.`,
  );
}

function notes(folder: AgentFolder, agent: string, today: string): DoctorCheck {
  const { notes: all, counts } = readMemory(folder, agent, today);
  const invalid = new Set(counts.invalid);
  const found = all
    .filter(({ loaded, file }) => !loaded || invalid.has(file))
    .toSorted((a, b) => Number(a.loaded) - Number(b.loaded))
    .map(({ file, loaded, why, path, findings }): Found => ({
      status: 'warn',
      message: loaded
        ? `${file} is loaded, and breaks a rule of its format: ${why ?? ''}`
        : `${file} is not loaded: ${why ?? 'it can’t be read'}`,
      hint: 'Mend the header of the note, or its name.',
      path,
      line: findings.find(({ line }) => line !== null)?.line ?? null,
    }));
  return judged(
    {
      agent,
      name: 'notes',
      title: 'Notes that are broken or not loaded',
      means: 'The agent never sees a note that is not loaded, and says nothing about it.',
      path: folder.pathOf(agent, 'memory'),
    },
    found,
    `All ${counts.files} notes are loaded and follow their format.`,
  );
}

function index(folder: AgentFolder, agent: string, today: string): DoctorCheck {
  const { indexPath, indexProblems } = readMemory(folder, agent, today);
  return judged(
    {
      agent,
      name: 'index',
      title: 'Index of the memory',
      means: 'The index is what the agent knows of its notes; what is wrong there is wrong in every prompt.',
      path: indexPath,
    },
    indexProblems.map(({ message, line, file }) => ({
      status: 'warn',
      message: `${file}: ${message}`,
      hint: 'Mend the line of the index.',
      path: indexPath,
      line,
    })),
    indexPath === null ? 'There is no index.' : 'Index and notes agree.',
  );
}
