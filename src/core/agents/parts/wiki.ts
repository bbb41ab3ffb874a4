import type { IndexProblem, NoteRow, WikiPart } from '../../../contract/agent-parts.ts';
import type { AgentFolder } from '../folder.ts';
import { scalarText } from '../settings/numbers.ts';
import { readFrontmatter } from '../text/frontmatter.ts';
import { daysBefore } from './evals.ts';
import { indexEntries, indexProblems, plainTarget } from './memory-index.ts';
import { noteRow, normal, refusedRow, versionedNotes } from './memory.ts';
import { readPage } from './note.ts';
import type { NoteFile } from './note.ts';
import { noteLinks } from './note-links.ts';
import { entriesOf, fileOf, filesBelow, finding, textOf } from './read.ts';

/** The wiki of an agent with its raw files (formats/atomic-agents.md §2.6). */
export function readWiki(folder: AgentFolder, agent: string, today: string): WikiPart {
  const wiki = folder.pathOf(agent, 'wiki');
  const pages: NoteFile[] = [];
  const refused: NoteRow[] = [];
  for (const entry of entriesOf(folder, wiki)) {
    if (!entry.name.endsWith('.md') || entry.name === 'INDEX.md' || entry.kind === 'folder') continue;
    const file = entry.kind === 'file' ? fileOf(folder, entry.path) : null;
    if (file === null) refused.push(refusedRow({ ...entry, why: entry.why ?? 'It cannot be read.' }));
    else pages.push(readPage(file));
  }
  const indexPath = `${wiki}/INDEX.md`;
  const indexText = textOf(folder, indexPath);
  const entries = indexEntries(indexText ?? '');
  const byName = new Map(pages.map((page) => [page.name, page] as const));
  // pages have no sections: a page under any heading is right
  const problems: IndexProblem[] = indexProblems(entries, byName, (target) =>
    folder.has(normal(`${wiki}/${target}`)),
  ).filter(({ kind }) => kind !== 'wrong-section');
  const orphans = pages.filter(
    ({ loads, name }) => loads && !(indexText ?? '').includes(name.replace(/\.md$/, '')),
  );
  for (const { name } of orphans) {
    problems.push({ kind: 'orphan', file: name, line: null, message: 'No line of the index names it.' });
  }
  const links = noteLinks(folder, agent, wiki, pages);
  const linkedFrom = new Map<string, string[]>();
  const point = (to: string, from: string): void => {
    linkedFrom.set(to, [...new Set([...(linkedFrom.get(to) ?? []), from])]);
  };
  for (const { target } of entries) point(normal(`${wiki}/${plainTarget(target)}`), indexPath);
  for (const [from, all] of links) for (const { path } of all) if (path !== null) point(path, from);
  const versioned = versionedNotes(folder, wiki);
  const rows = pages.map((page): NoteRow => {
    const own = links.get(page.file.path) ?? [];
    const base = noteRow(folder, page, wiki, versioned);
    const broken = own.filter(({ path, by }) => path === null && (by === 'sources' || by === 'related'));
    const stale = page.lastSeen !== null && page.lastSeen.day < daysBefore(today, 90);
    const expired = page.expiresAt !== null && page.expiresAt < today;
    return Object.assign(base, {
      links: own,
      linkedFrom: linkedFrom.get(page.file.path) ?? [],
      flags: [
        ...(page.loads ? [] : (['not-loaded'] as const)),
        ...(stale ? (['stale'] as const) : []),
        ...(expired ? (['expired'] as const) : []),
        ...(orphans.includes(page) ? (['orphan'] as const) : []),
        ...(problems.some(({ kind, file }) => kind === 'description-differs' && file === page.name)
          ? (['index-differs'] as const)
          : []),
      ],
      findings: [
        ...base.findings,
        ...broken.map(({ to, by }) =>
          finding('warning', `${by} names ${to}, which is not there.`, '', page.fm.lines.get(by) ?? null),
        ),
      ],
    });
  });
  return {
    part: 'wiki',
    pages: [...rows, ...refused],
    indexPath: indexText === null ? null : indexPath,
    indexProblems: problems,
    raw: rawOf(folder, folder.pathOf(agent, 'raw'), linkedFrom),
  };
}

function rawOf(
  folder: AgentFolder,
  home: string,
  linkedFrom: ReadonlyMap<string, string[]>,
): WikiPart['raw'] {
  return filesBelow(folder, home).map(({ path, name, bytes }) => {
    const meta = /\.(?:md|txt)$/i.test(name) ? readFrontmatter(textOf(folder, path) ?? '').meta : null;
    return {
      path,
      bytes,
      pages: linkedFrom.get(path) ?? [],
      sourceUrl: scalarText(meta?.get('source_url')),
      ingestedAt: scalarText(meta?.get('ingested_at')),
    };
  });
}
