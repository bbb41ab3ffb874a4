import { readFileSync, statSync } from 'node:fs';
import { z } from 'zod';
import { documentRuleSchema, type DocumentRule } from '../../contract/merge.ts';
import { fail, ok, type Result } from '../result.ts';
import { systemFailure } from '../storage/failures.ts';
import { limits } from '../storage/limits.ts';
import { dropKept, firstLine, keptFile, keptFiles, putKept, type KeptPlace } from './merge-kept-files.ts';

export type { KeptPlace } from './merge-kept-files.ts';

/** What counts as a document, by tool, as a person chose it here. `notes`: what can't be read, in words. */
export type KeptRules = {
  readonly rules: ReadonlyMap<string, DocumentRule>;
  readonly notes: readonly string[];
};

/** A merge that was begun: the branches, their tips when it was saved, and how far it is. */
export type KeptMerge = {
  readonly into: string;
  readonly from: string;
  readonly tips: { readonly ours: string; readonly theirs: string };
  readonly settled: number;
  readonly open: number;
  readonly savedMicros: number;
};

/** The same with the session itself, JSON text that is not looked into here. */
export type KeptProgress = KeptMerge & { readonly progress: string };

const RULE = '.rule.json';
const MERGE = '.merge';

const ruleSchema = z.object({ v: z.literal(1), tool: z.string(), rule: documentRuleSchema });
const headSchema = z.object({
  v: z.literal(1),
  into: z.string(),
  from: z.string(),
  tips: z.object({ ours: z.string(), theirs: z.string() }),
  settled: z.int().min(0),
  open: z.int().min(0),
  savedMicros: z.number(),
  /** characters of the session that follows */
  length: z.int().min(0),
});

/** The rules that were chosen for this repository. */
export function readRules(place: KeptPlace): Result<KeptRules> {
  const rules = new Map<string, DocumentRule>();
  const notes: string[] = [];
  const files = keptFiles(place, RULE);
  if (!files.ok) return files;
  for (const path of files.value) {
    const read = readRule(path);
    if (read === null) notes.push(`${path} holds a choice that can’t be read; it is left out.`);
    else rules.set(read.tool, read.rule);
  }
  return ok({ rules, notes });
}

function readRule(path: string): z.infer<typeof ruleSchema> | null {
  try {
    if (statSync(path).size > limits.keptRuleBytes) return null;
    const parsed = ruleSchema.safeParse(JSON.parse(readFileSync(path, 'utf8')));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** Remembers a rule of a tool for this repository; null forgets it. */
export function saveRule(place: KeptPlace, tool: string, rule: DocumentRule | null): Result<null> {
  if (rule === null) return dropKept(place, tool, RULE);
  return putKept(place, tool, RULE, `${JSON.stringify({ v: 1, tool, rule })}\n`);
}

/** The progress of a merge; null where none is kept. `unreadable`: it is broken, and `dropProgress` removes it. */
export function readProgress(place: KeptPlace, into: string, from: string): Result<KeptProgress | null> {
  const file = keptFile(place, keyOf(into, from), MERGE);
  if (!file.ok) return file;
  try {
    const stat = statSync(file.value, { throwIfNoEntry: false });
    if (stat === undefined) return ok(null);
    const text = stat.size > limits.keptProgressChars * 4 ? '' : readFileSync(file.value, 'utf8');
    const end = text.indexOf('\n');
    const head = parseHead(text.slice(0, Math.max(0, end)));
    const progress = text.slice(end + 1);
    if (head === null || progress.length !== head.length || head.into !== into || head.from !== from) {
      return fail(
        'unreadable',
        `What was kept of merging “${from}” into “${into}” can’t be read.`,
        'Begin the merge again; the choices made so far are lost.',
        file.value,
      );
    }
    return ok({ ...mergeOf(head), progress });
  } catch (error) {
    return systemFailure(error, file.value);
  }
}

/** Keeps the progress of a merge in place of what was kept of it before. `too-large` keeps the old one. */
export function saveProgress(place: KeptPlace, kept: KeptProgress): Result<null> {
  const { progress, ...head } = kept;
  if (progress.length > limits.keptProgressChars) {
    return fail(
      'too-large',
      `The choices of this merge have ${progress.length} characters; up to ${limits.keptProgressChars} are kept.`,
      'Finish the merge without closing the window, or take back the largest edits.',
    );
  }
  const line = JSON.stringify({ v: 1, ...head, length: progress.length });
  return putKept(place, keyOf(kept.into, kept.from), MERGE, `${line}\n${progress}`);
}

/** Forgets the progress of a merge. */
export function dropProgress(place: KeptPlace, into: string, from: string): Result<null> {
  return dropKept(place, keyOf(into, from), MERGE);
}

/** The merges that were begun here, the one saved last first. Files that can't be read are left out. */
export function listProgress(place: KeptPlace): Result<readonly KeptMerge[]> {
  const files = keptFiles(place, MERGE);
  if (!files.ok) return files;
  const merges = files.value.flatMap((path) => {
    const head = parseHead(firstLine(path, limits.keptRuleBytes));
    return head === null ? [] : [mergeOf(head)];
  });
  return ok(merges.sort((a, b) => b.savedMicros - a.savedMicros));
}

type Head = z.infer<typeof headSchema>;

function parseHead(line: string | null): Head | null {
  try {
    const parsed = headSchema.safeParse(JSON.parse(line ?? ''));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

function mergeOf({ into, from, tips, settled, open, savedMicros }: Head): KeptMerge {
  return { into, from, tips, settled, open, savedMicros };
}

function keyOf(into: string, from: string): string {
  return `${into}\0${from}`;
}
