import type { AgentFolder } from './folder.ts';
import { markdownBelow } from './parts/journal-files.ts';
import { entriesOf, fileOf } from './parts/read.ts';
import { pyRstrip, pyStrip, universalNewlines } from './text/python-text.ts';

/** The layers of an agent that stands in a cascade project (formats/atomic-agents.md §2.24). */
export type Cascade = {
  readonly role: string;
  readonly project: string;
  readonly instance: string;
  readonly roleName: string;
};

/** The cascade of a path such as `studio/projects/spring/agents/editor`; null where it is a plain agent. */
export function cascadeOf(folder: AgentFolder, agent: string): Cascade | null {
  const found = /^(.+)\/projects\/([^/]+)\/agents\/([^/]+)$/.exec(agent);
  if (found === null) return null;
  const [, system = '', project = '', roleName = ''] = found;
  const role = `${system}/roles/${roleName}`;
  if (!folder.has(role)) return null;
  return { role, project: `${system}/projects/${project}`, instance: agent, roleName };
}

/** Agents of all cascade projects of a root, as paths. */
export function cascadeAgents(folder: AgentFolder): readonly string[] {
  return folder.root.cascades.flatMap((system) =>
    entriesOf(folder, `${system}/projects`).flatMap((project) =>
      entriesOf(folder, `${project.path}/agents`)
        .filter(({ kind, path }) => kind === 'folder' && cascadeOf(folder, path) !== null)
        .map(({ path }) => path),
    ),
  );
}

/** A text of a layer with the file it comes from. */
export type LayerText = { readonly text: string; readonly path: string };

/** The text of a file as Python reads it; null where it is not there or cannot be read. */
export function plainText(folder: AgentFolder, path: string): string | null {
  const text = fileOf(folder, path)?.text ?? null;
  return text === null ? null : universalNewlines(text);
}

/** A file without blanks around it; null where it is empty or not there. */
export function layerText(folder: AgentFolder, path: string): LayerText | null {
  const text = plainText(folder, path);
  return text === null || pyStrip(text) === '' ? null : { text: pyStrip(text), path };
}

const separator = '<!-- ─── instance tools.override.md ─── -->';

/** The tools of a cascade agent: an override is added, its own file replaces, else the role's. */
export function cascadeTools(folder: AgentFolder, cascade: Cascade): LayerText | null {
  const override = `${cascade.instance}/tools.override.md`;
  const added = plainText(folder, override);
  const role = plainText(folder, `${cascade.role}/tools.md`);
  if (added !== null) return { text: `${pyRstrip(role ?? '')}\n\n${separator}\n\n${added}`, path: override };
  const own = plainText(folder, `${cascade.instance}/tools.md`);
  if (own !== null) return { text: own, path: `${cascade.instance}/tools.md` };
  return role === null ? null : { text: role, path: `${cascade.role}/tools.md` };
}

/** The texts of `policy/` with their names as headings; null where there are none. */
export function cascadePolicy(folder: AgentFolder, project: string): LayerText | null {
  const home = `${project}/policy`;
  const parts = markdownBelow(folder, home).map(
    ({ path }) => `# policy/${path.slice(home.length + 1)}\n\n${pyStrip(plainText(folder, path) ?? '')}`,
  );
  return parts.length === 0 ? null : { text: parts.join('\n\n---\n\n'), path: home };
}
