import type { NoteRow } from '../../../contract/agent-parts.ts';
import type { AgentFolder } from '../folder.ts';
import { scalarText } from '../settings/numbers.ts';
import { isList } from '../../yaml/yaml-value.ts';
import type { YamlValue } from '../../yaml/yaml-value.ts';
import type { NoteFile } from './note.ts';

type Links = NoteRow['links'];

/** Bounded, so that a text of brackets alone is read in no time. */
const markdown = /\[[^\]]{0,300}\]\(([^)\s]{1,500})\)/g;
const wiki = /\[\[([^\]|#]{1,500})(?:[#|][^\]]{0,300})?\]\]/g;
const path = /^[\w.~-][\w./ ~-]*\.[a-z0-9]{1,8}$/i;

/** What each note names in header and text, by its path, and where that lies (formats/atomic-agents.md §2.4, §2.6). */
export function noteLinks(
  folder: AgentFolder,
  agent: string,
  home: string,
  notes: readonly NoteFile[],
): ReadonlyMap<string, Links> {
  const root = folder.pathOf(agent, '');
  const find = (to: string): string | null => {
    const plain = to.replace(/#.*$/, '').replace(/^(?:\.\/)+/, '');
    for (const base of [home, root]) {
      for (const ending of ['', '.md']) {
        const at = joined(base, plain + ending);
        if (at !== null && plain !== '' && folder.isFile(at)) return at;
      }
    }
    return null;
  };
  return new Map(notes.map((note) => [note.file.path, linksOf(note, find)] as const));
}

function linksOf(note: NoteFile, find: (to: string) => string | null): Links {
  const links: { to: string; path: string | null; by: string }[] = [];
  const add = (to: string, by: string): void => {
    if (!links.some((link) => link.to === to && link.by === by)) links.push({ to, path: find(to), by });
  };
  const { meta } = note.fm;
  for (const key of ['supersedes', 'superseded_by', 'supersedes_list', 'related', 'sources', 'merge_into']) {
    for (const to of texts(meta.get(key))) {
      // a source is often a word such as “conversation”, or lies outside of the folder
      if (key === 'sources' && (!path.test(to) || /^[~/]/.test(to) || /^\w+:\/\//.test(to))) continue;
      add(to, key);
    }
  }
  for (const found of note.fm.body.matchAll(markdown)) {
    const to = found[1]!;
    if (!/^[a-z][a-z0-9+.-]*:|^[#/]/i.test(to)) add(to, 'text');
  }
  for (const found of note.fm.body.matchAll(wiki)) add(found[1]!.trim(), 'text');
  return links;
}

function texts(value: YamlValue | undefined): readonly string[] {
  const all = isList(value) ? value : [value];
  return all.map((one) => scalarText(one)).filter((one): one is string => one !== null && one !== '');
}

/** Two parts of a path; null where they lead above the root. */
function joined(base: string, rest: string): string | null {
  const parts = base.split('/').filter((part) => part !== '');
  for (const part of rest.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return null;
  }
  return parts.join('/');
}
