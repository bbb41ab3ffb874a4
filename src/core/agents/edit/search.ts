import type { SearchAnswer, SearchHit } from '../../../contract/drafts.ts';
import type { AgentFileKind } from '../../../contract/agent-files.ts';
import { fail, ok, type Result } from '../../result.ts';
import { limits } from '../../storage/limits.ts';
import { placeOf } from '../file-kind.ts';
import type { AgentFolder, FolderEntry } from '../folder.ts';
import { entriesOf } from '../parts/read.ts';
import type { EditContext } from './context.ts';
import { coveredText } from './secrets.ts';

/** Levels of folders that are walked; the format has no more than six. */
const DEPTH = 12;

/** Kinds that are not searched: runs have a search of their own, former versions repeat what stands, and no text. */
const LEFT_OUT: ReadonlySet<AgentFileKind> = new Set([
  'log',
  'memory-version',
  'wiki-version',
  'memory-archived',
  'database',
  'runtime',
  'generated',
  'idempotency',
  'queue',
]);

/** Names of raw files that are texts; others are pictures, papers and the like. */
const TEXT_NAME = /\.(?:md|markdown|txt|json|jsonl|csv|tsv|ya?ml|html?|py|log|rst)$/i;

/** Where a text occurs in the files of an agent, or of all; letters of either case. Secrets of `mcp.md` are never found. */
export function searchFiles(ctx: EditContext, agent: string | null, text: string): Result<SearchAnswer> {
  const { folder } = ctx;
  if (text.trim() === '') return fail('bad-request', 'There is nothing to search for.', 'Type some letters.');
  if (agent !== null && folder.root.single !== agent && !folder.has(folder.pathOf(agent, ''))) {
    return fail('not-found', `There is no agent ${agent}.`, 'It may have been moved or deleted meanwhile.');
  }
  const pattern = patternOf(text);
  const hits: SearchHit[] = [];
  const tooLarge: string[] = [];
  const unread: string[] = [];
  const cut: string[] = [];
  let bytes = 0;
  let late = 0;
  let full = false;
  const files = new Set<string>();
  for (const entry of entriesToSearch(folder, agent)) {
    if (entry.kind === 'refused') {
      unread.push(entry.path);
      continue;
    }
    if (!searched(folder, entry)) continue;
    if (entry.bytes > limits.agentFileBytes) {
      tooLarge.push(entry.path);
      continue;
    }
    if (full || bytes + entry.bytes > limits.fileSearchBytes) {
      late++;
      continue;
    }
    bytes += entry.bytes;
    const read = folder.text(entry.path);
    if (!read.ok || read.value.text === null) {
      unread.push(entry.path);
      continue;
    }
    const found = hitsIn(entry.path, coveredText(entry.path, read.value.text), pattern);
    if (found.length > limits.fileSearchFileHits) cut.push(entry.path);
    for (const hit of found.slice(0, limits.fileSearchFileHits)) {
      if (hits.length === limits.fileSearchHits) {
        full = true;
        break;
      }
      hits.push(hit);
      files.add(hit.path);
    }
  }
  return ok({ hits, files: files.size, left: leftOf(tooLarge, unread, cut, late, full) });
}

function searched(folder: AgentFolder, { path, name }: FolderEntry): boolean {
  const { kind } = placeOf(folder, path);
  if (LEFT_OUT.has(kind) || /(?:^|\/)\.versions\//.test(path)) return false;
  return (kind !== 'raw' && kind !== 'unknown' && kind !== 'audits') || TEXT_NAME.test(name);
}

function entriesToSearch(folder: AgentFolder, agent: string | null): readonly FolderEntry[] {
  if (agent !== null) return walk(folder, folder.pathOf(agent, ''), DEPTH);
  const own = walk(folder, '', DEPTH);
  if (folder.root.single === null || folder.root.shared === null) return own;
  const shared = ['policy.md', 'targets.md', 'targets.override.md', 'judges.md', 'mandates.md'].flatMap(
    (name): FolderEntry[] => {
      const read = folder.text(`../${name}`);
      if (!read.ok) return [];
      const { bytes, modifiedMicros } = read.value;
      return [{ name, path: `../${name}`, kind: 'file', bytes, modifiedMicros, why: null }];
    },
  );
  return [...own, ...shared, ...walk(folder, '../.personas', DEPTH)];
}

/** Files in the order of their names, those of a folder before its folders. */
function walk(folder: AgentFolder, path: string, depth: number): readonly FolderEntry[] {
  const entries = entriesOf(folder, path);
  const files = entries.filter(({ kind }) => kind !== 'folder');
  const below = entries.filter(({ kind, name }) => kind === 'folder' && !SKIPPED.has(name));
  return [...files, ...(depth > 0 ? below.flatMap((one) => walk(folder, one.path, depth - 1)) : [])];
}

/** Folders that hold nothing that is searched, and may hold very much. */
const SKIPPED: ReadonlySet<string> = new Set([
  'log',
  '.versions',
  '.git',
  'node_modules',
  '_cache',
  '_dashboard',
]);

/**
 * Finds a text in either case. Folding of single characters keeps lengths, so that places are right; a letter with an
 * accent is found in both of its forms.
 */
function patternOf(text: string): RegExp {
  const forms = new Set([text, text.normalize('NFC'), text.normalize('NFD')]);
  const escaped = Array.from(forms, (form) =>
    Array.from(form.toWellFormed(), (char) => (/[\\^$.*+?()[\]{}|/]/.test(char) ? `\\${char}` : char)).join(
      '',
    ),
  );
  return new RegExp(escaped.join('|'), 'giu');
}

const LINE_END = /\r\n|[\n\r]/g;

function hitsIn(path: string, text: string, pattern: RegExp): readonly SearchHit[] {
  const hits: SearchHit[] = [];
  let line = 1;
  let start = 0;
  LINE_END.lastIndex = 0;
  for (const found of text.matchAll(pattern)) {
    let end = text.length;
    for (;;) {
      LINE_END.lastIndex = start;
      const next = LINE_END.exec(text);
      end = next === null ? text.length : next.index;
      if (next === null || found.index < LINE_END.lastIndex) break;
      start = LINE_END.lastIndex;
      line++;
    }
    hits.push({ path, line, ...clipped(text.slice(start, end), found.index - start, found[0].length) });
    if (hits.length > limits.fileSearchFileHits) break;
  }
  return hits;
}

/** The part of a long line around a place. No character is cut in half. */
function clipped(row: string, at: number, length: number): Pick<SearchHit, 'text' | 'from' | 'to'> {
  const most = limits.fileSearchLine;
  if (row.length <= most * 2) return { text: row, from: at, to: Math.min(at + length, row.length) };
  const whole = (index: number): number => (/[\udc00-\udfff]/.test(row.charAt(index)) ? index - 1 : index);
  const from = whole(Math.max(0, at - most));
  const to = whole(Math.min(row.length, at + length + most));
  const before = from === 0 ? '' : '…';
  const text = `${before}${row.slice(from, to)}${to === row.length ? '' : '…'}`;
  const begin = at - from + before.length;
  return { text, from: begin, to: begin + length };
}

function leftOf(
  tooLarge: readonly string[],
  unread: readonly string[],
  cut: readonly string[],
  late: number,
  full: boolean,
): readonly string[] {
  const left: string[] = [];
  if (full) {
    left.push(`The first ${limits.fileSearchHits} places are listed. Type more letters to find fewer.`);
  } else if (late > 0) {
    left.push(
      `${late} files were not searched: together the files have more than ${limits.fileSearchBytes / 1024 / 1024} MB. Search one agent.`,
    );
  }
  if (tooLarge.length > 0) {
    left.push(`Larger than ${limits.agentFileBytes / 1024 / 1024} MB, and not searched: ${named(tooLarge)}.`);
  }
  if (cut.length > 0)
    left.push(`Only the first ${limits.fileSearchFileHits} places are listed of ${named(cut)}.`);
  if (unread.length > 0) left.push(`No text, or not readable: ${named(unread)}.`);
  return left;
}

function named(paths: readonly string[]): string {
  const first = paths.slice(0, 5).join(', ');
  return paths.length > 5 ? `${first} and ${paths.length - 5} more` : first;
}
