import type { AgentFolder, FolderFile } from './folder.ts';
import { fileOf, readJson } from './parts/read.ts';
import { SETTINGS_BYTES } from './settings/policy.ts';
import { yamlBlocks } from './text/fences.ts';
import { isMap, typeName } from '../yaml/yaml-value.ts';

/** The three texts of a persona, in the order in which they are sent (formats/atomic-agents.md §2.1). */
export const PERSONA_FILES = ['IDENTITY.md', 'SOUL.md', 'USER.md'] as const;

/** Where the persona of an agent lies, and why the runtime would not load it. */
export type Persona = {
  readonly files: readonly { readonly name: string; readonly file: FolderFile }[];
  /** the id of a shared persona */
  readonly shared: string | null;
  readonly linkPath: string | null;
  readonly linkLine: number | null;
  readonly blocking: readonly string[];
};

/**
 * The persona of an agent: its own folder, or a shared one that `persona.link.md` names. A document wants SOUL.md, too;
 * the code asks for IDENTITY.md alone, except of a shared persona, and the code holds.
 */
export function readPersona(folder: AgentFolder, agent: string): Persona {
  const home = folder.pathOf(agent, 'persona');
  const link = fileOf(folder, folder.pathOf(agent, 'persona.link.md'));
  const own = folder.isFile(`${home}/IDENTITY.md`);
  const none = { files: [], shared: null, linkPath: link?.path ?? null, linkLine: null };
  if (link !== null && own) {
    return {
      ...none,
      blocking: ['There are both persona/IDENTITY.md and persona.link.md; the runtime refuses to guess.'],
    };
  }
  if (link === null && !own) {
    return { ...none, blocking: ['There is neither persona/IDENTITY.md nor persona.link.md.'] };
  }
  if (link === null) return { ...none, ...filesAt(folder, home, false) };
  const id = personaId(link);
  if ('problem' in id) return { ...none, linkLine: id.line, blocking: [`persona.link.md: ${id.problem}`] };
  const place = folder.sharedPath(`.personas/${id.id}`);
  if (place === null || !folder.has(place)) {
    const blocking = [`persona.link.md names the persona ${id.id}, which is not in .personas.`];
    return { ...none, shared: id.id, linkLine: id.line, blocking };
  }
  const read = filesAt(folder, place, true);
  const meta = metadataProblem(folder, `${place}/metadata.json`);
  return {
    ...none,
    ...read,
    shared: id.id,
    linkLine: id.line,
    blocking: meta === null ? read.blocking : [...read.blocking, `The persona ${id.id}: ${meta}`],
  };
}

function filesAt(folder: AgentFolder, home: string, all: boolean): Pick<Persona, 'files' | 'blocking'> {
  const files: { name: string; file: FolderFile }[] = [];
  const blocking: string[] = [];
  for (const name of PERSONA_FILES) {
    const file = fileOf(folder, `${home}/${name}`);
    if (file === null) {
      if (all) blocking.push(`The shared persona has no ${name}.`);
      continue;
    }
    if (file.text === null) blocking.push(`${file.path}: ${file.noText ?? 'It cannot be read.'}`);
    files.push({ name, file });
  }
  return { files, blocking };
}

type Id =
  { readonly id: string; readonly line: number } | { readonly problem: string; readonly line: number | null };

/** The `persona_id` of a link file, by the runtime's rules. */
export function personaId(link: FolderFile): Id {
  if (link.text === null) return { problem: link.noText ?? 'It cannot be read.', line: null };
  if (link.bytes > SETTINGS_BYTES) return { problem: 'It is larger than 256 KB.', line: null };
  const block = yamlBlocks(link.text, true)[0];
  if (block === undefined) return { problem: 'It has no yaml block.', line: null };
  if (block.problem !== null)
    return { problem: `Its YAML cannot be read: ${block.problem.message}.`, line: block.problem.line };
  if (!isMap(block.value))
    return { problem: `Its block holds ${typeName(block.value)} instead of keys.`, line: block.line };
  const kind = block.value.get('kind');
  const line = (key: string): number => block.lines.get(key) ?? block.line;
  if (kind !== 'shared') return { problem: 'kind is not “shared”.', line: line('kind') };
  const id = block.value.get('persona_id');
  if (typeof id !== 'string' || id === '')
    return { problem: 'persona_id is no text.', line: line('persona_id') };
  if (id.startsWith('.') || id.includes('..') || !/^[a-zA-Z0-9_.+@-]+$/.test(id)) {
    return { problem: `persona_id “${id}” is no allowed name.`, line: line('persona_id') };
  }
  return { id, line: line('persona_id') };
}

function metadataProblem(folder: AgentFolder, path: string): string | null {
  const file = fileOf(folder, path);
  if (file === null) return 'it has no metadata.json.';
  const read = readJson(file.text ?? '');
  if (!read.ok) return `its metadata.json is no JSON: ${read.message}.`;
  if (!isMap(read.value)) return 'its metadata.json is no object.';
  const version = read.value.has('schema_version') ? read.value.get('schema_version') : 1n;
  if (version !== 1n) return 'the schema_version of its metadata.json is not 1.';
  const missing = ['version', 'created_at'].find((key) => isMap(read.value) && !read.value.has(key));
  return missing === undefined ? null : `its metadata.json lacks ${missing}.`;
}
