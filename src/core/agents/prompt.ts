import type { AssembledPrompt, PromptPiece } from '../../contract/prompt.ts';
import type { AgentFolder, FolderFile } from './folder.ts';
import { cascadeOf, cascadePolicy, cascadeTools, layerText } from './prompt-cascade.ts';
import type { Cascade } from './prompt-cascade.ts';
import { leftOut } from './prompt-left.ts';
import { noteText } from './prompt-note.ts';
import { readPersona } from './prompt-persona.ts';
import type { Persona } from './prompt-persona.ts';
import { journalFiles } from './parts/journal-files.ts';
import type { NoteFile } from './parts/note.ts';
import { SECTIONS } from './parts/memory-index.ts';
import { fileOf } from './parts/read.ts';
import { PINNED_MAX, RECENT_MAX, selectNotes } from './parts/selection.ts';
import type { NoteSelection } from './parts/selection.ts';
import { readSkillFiles } from './parts/skills.ts';
import { readSettings } from './settings.ts';
import { pyLength, pyStrip, universalNewlines } from './text/python-text.ts';
import { isList, isMap, yamlText } from '../yaml/yaml-value.ts';

/** What stands between two sections: a blank line, 27 `═`, a blank line (formats/atomic-agents.md §10). */
export const RULE = `\n\n${'═'.repeat(27)}\n\n`;
const BETWEEN = '\n\n---\n\n';

type Part = {
  readonly group: PromptPiece['group'];
  readonly title: string;
  readonly path: string | null;
  readonly text: string;
};

/**
 * The system prompt as the runtime puts it together, piece by piece; the texts of the pieces, one after the other, are
 * the prompt to the byte. A piece begins with what separates it from the one before. Where the document names another
 * order than the code (goal and style guide of a cascade), the code holds (formats/atomic-agents.md §10).
 */
export function assemblePrompt(folder: AgentFolder, agent: string, today: string): AssembledPrompt {
  const cascade = cascadeOf(folder, agent);
  const settings = readSettings(folder, agent);
  const persona = readPersona(folder, agent);
  const selection = selectNotes(folder, folder.pathOf(agent, 'memory'));
  const journal = journalFiles(folder, agent);
  const blocking = [...persona.blocking, ...selection.crashes];
  if (settings.model.blocking !== null) blocking.push(settings.model.blocking);
  if (settings.judges.broken !== null) blocking.push(`judges.md: ${settings.judges.broken}`);
  const sections: readonly Part[][] = [
    cascade === null ? [] : titled(folder, `${cascade.role}/PROMPT.md`, 'cascade', 'role PROMPT.md'),
    personaParts(persona.files),
    cascade === null ? whole(folder, folder.pathOf(agent, 'goal.md'), 'goal', 'goal.md', blocking) : [],
    toolsPart(folder, agent, cascade, blocking),
    skillsPart(folder, agent),
    ...(cascade === null ? [] : projectParts(folder, cascade)),
    memoryIndex(folder, agent, selection, blocking),
    wikiIndex(folder, agent),
    notesPart('pinned', '# Pinned atomic notes', selection.pinned.slice(0, PINNED_MAX)),
    notesPart('recent', '# Recent atomic notes', selection.recent.slice(0, RECENT_MAX)),
    journalPart(journal[0]),
  ].map((parts) => parts.filter(({ text }) => text !== ''));
  const pieces = piecesOf(sections);
  const text = pieces.map((piece) => piece.text).join('');
  const characters = pyLength(text);
  const limitLine = settings.model.lines.get('maxSystemPrompt');
  return {
    agent,
    pieces,
    text,
    characters,
    tokens: Math.floor(characters / 4),
    limitTokens: settings.maxSystemPrompt,
    limitFrom:
      limitLine === undefined ? 'default: model.md names none' : `${settings.modelPath}, line ${limitLine}`,
    left: leftOut(folder, agent, selection, journal, today),
    breakpoints: breakpointsOf(pieces),
    blocking,
  };
}

/** Pieces with their sizes; the first of a section begins with the rule. */
function piecesOf(sections: readonly (readonly Part[])[]): readonly PromptPiece[] {
  const filled = sections.filter((parts) => parts.length > 0);
  const parts = filled.flatMap((section, i) =>
    section.map((part, j) => ({ ...part, text: i > 0 && j === 0 ? RULE + part.text : part.text })),
  );
  const total = parts.reduce((sum, { text }) => sum + pyLength(text), 0);
  return parts.map(({ group, title, path, text }, i) => {
    const characters = pyLength(text);
    return {
      key: `${i}-${group}`,
      group,
      title,
      path,
      text,
      bytes: Buffer.byteLength(text),
      characters,
      tokens: Math.floor(characters / 4),
      share: total === 0 ? 0 : characters / total,
    };
  });
}

function personaParts(files: Persona['files']): Part[] {
  const parts: Part[] = [];
  for (const { name, file } of files) {
    const text = universalNewlines(file.text ?? '');
    if (text === '') continue;
    const before = parts.length === 0 ? '' : '\n\n';
    parts.push({
      group: 'persona',
      title: name,
      path: file.path,
      text: `${before}# ${name}\n\n${pyStrip(text)}`,
    });
  }
  return parts;
}

/** A file as it stands, under its name. One that is no UTF-8 makes the runtime fail. */
function whole(
  folder: AgentFolder,
  path: string,
  group: Part['group'],
  title: string,
  blocking: string[],
): Part[] {
  const file = fileOf(folder, path);
  if (file === null) return [];
  if (file.text === null) blocking.push(`${path}: ${file.noText ?? 'It cannot be read.'}`);
  if (file.text === null || file.text === '') return [];
  return [{ group, title, path, text: `# ${title}\n\n${universalNewlines(file.text)}` }];
}

function titled(folder: AgentFolder, path: string, group: Part['group'], title: string): Part[] {
  const layer = layerText(folder, path);
  return layer === null ? [] : [{ group, title, path, text: `# ${title}\n\n${layer.text}` }];
}

function toolsPart(folder: AgentFolder, agent: string, cascade: Cascade | null, blocking: string[]): Part[] {
  if (cascade === null) return whole(folder, folder.pathOf(agent, 'tools.md'), 'tools', 'tools.md', blocking);
  const tools = cascadeTools(folder, cascade);
  if (tools === null || tools.text === '') return [];
  return [{ group: 'tools', title: 'tools.md', path: tools.path, text: `# tools.md\n\n${tools.text}` }];
}

function skillsPart(folder: AgentFolder, agent: string): Part[] {
  const skills = readSkillFiles(folder, agent).filter(({ loaded }) => loaded);
  if (skills.length === 0) return [];
  const lines = [
    '# Available skills',
    '',
    "The following skills are available. Use the load_skill tool to load a skill's full instructions when relevant to the task.",
    '',
    ...skills.map(({ name, description }) => `- **${name}**: ${description}`),
  ];
  const title = `${skills.length} ${skills.length === 1 ? 'skill' : 'skills'}: names and descriptions`;
  return [{ group: 'skills', title, path: folder.pathOf(agent, 'skills'), text: lines.join('\n') }];
}

function projectParts(folder: AgentFolder, { project }: Cascade): Part[][] {
  const policy = cascadePolicy(folder, project);
  return [
    titled(folder, `${project}/canon.md`, 'cascade', 'project canon.md'),
    titled(folder, `${project}/goal.md`, 'goal', 'project goal.md'),
    titled(folder, `${project}/style_guide.md`, 'cascade', 'project style_guide.md'),
    policy === null
      ? []
      : [
          {
            group: 'cascade',
            title: 'project policy/',
            path: policy.path,
            text: `# project policy/\n\n${policy.text}`,
          },
        ],
  ];
}

/** The index, or without one a list that the runtime makes of the notes. */
function memoryIndex(
  folder: AgentFolder,
  agent: string,
  selection: NoteSelection,
  blocking: string[],
): Part[] {
  const path = folder.pathOf(agent, 'memory/INDEX.md');
  const file = fileOf(folder, path);
  if (file !== null && file.text === null) blocking.push(`${path}: ${file.noText ?? 'It cannot be read.'}`);
  const text = file === null ? madeIndex(selection, blocking) : universalNewlines(file.text ?? '');
  if (text === '') return [];
  const title = file === null ? 'memory/INDEX.md (missing; made from the notes)' : 'memory/INDEX.md';
  return [
    { group: 'memory-index', title, path: file === null ? null : path, text: `# memory/INDEX.md\n\n${text}` },
  ];
}

function madeIndex(selection: NoteSelection, blocking: string[]): string {
  const byType = new Map<string, string[]>();
  for (const note of selection.notes.filter(({ loads }) => loads)) {
    if (isList(note.type) || isMap(note.type)) {
      blocking.push(`${note.name} has no text as type, at which the runtime fails when it makes the index.`);
      continue;
    }
    const type = typeof note.type === 'string' ? note.type : '';
    const { meta } = note.fm;
    const described = meta.has('description') ? yamlText(meta.get('description')) : '';
    byType.set(type, [...(byType.get(type) ?? []), `- [${note.name}](${note.name}) — ${described}`]);
  }
  const lines = ['# Memory Index\n'];
  for (const [type, section] of Object.entries(SECTIONS)) {
    const rows = byType.get(type);
    if (rows !== undefined) lines.push(`\n## ${section}\n`, ...rows);
  }
  return `${lines.join('\n')}\n`;
}

/** The index of the wiki; one that is no UTF-8 is sent with a warning and the bad bytes replaced. */
function wikiIndex(folder: AgentFolder, agent: string): Part[] {
  const path = folder.pathOf(agent, 'wiki/INDEX.md');
  const file = fileOf(folder, path);
  const text = file === null ? '' : textOrReplaced(file, 'INDEX.md');
  if (text === '') return [];
  return [{ group: 'wiki-index', title: 'wiki/INDEX.md', path, text: `# wiki/INDEX.md\n\n${text}` }];
}

function textOrReplaced(file: FolderFile, name: string): string {
  if (file.text !== null) return universalNewlines(file.text);
  if (file.replaced === null) return '';
  if (!file.replaced.includes('\uFFFD')) return universalNewlines(file.replaced);
  return `<!-- WARNING: ${name} contained non-UTF-8 bytes; replaced. -->\n${universalNewlines(file.replaced)}`;
}

function notesPart(group: 'pinned' | 'recent', heading: string, notes: readonly NoteFile[]): Part[] {
  return notes.map((note, i) => ({
    group,
    title: note.name,
    path: note.file.path,
    text: `${i === 0 ? `${heading}\n\n` : BETWEEN}${noteText(note)}`,
  }));
}

function journalPart(file: FolderFile | undefined): Part[] {
  if (file === undefined) return [];
  const name = file.path.slice(file.path.lastIndexOf('/') + 1);
  const stem = name.replace(/\.md$/, '');
  const text = `# Recent journal\n\n# Journal — ${stem}\n\n${textOrReplaced(file, name)}`;
  return [{ group: 'journal', title: name, path: file.path, text }];
}

/** Where a provider's cache could end. The code itself sets a single one, at the end of the prompt. */
function breakpointsOf(pieces: readonly PromptPiece[]): AssembledPrompt['breakpoints'] {
  const stops: readonly (readonly [readonly PromptPiece['group'][], string])[] = [
    [
      ['cascade', 'persona', 'goal', 'tools', 'skills', 'memory-index', 'wiki-index'],
      'What stands before rarely changes: persona, tools, indexes.',
    ],
    [['pinned'], 'Pinned notes change about weekly.'],
    [['recent'], 'Recent notes change with each run that remembers something.'],
    [['journal'], 'The journal changes daily. The code sets its only breakpoint here, at the end.'],
  ];
  return stops.flatMap(([groups, why]) => {
    const last = pieces.findLast(({ group }) => groups.includes(group));
    return last === undefined ? [] : [{ after: last.key, why }];
  });
}
