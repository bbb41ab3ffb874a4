import type { FileFinding } from '../../../contract/agent-files.ts';
import type { ResolutionBlock } from '../../../contract/escalations.ts';
import { amendmentBlock, dedent, readAmendment } from '../text/amendment.ts';
import { resolutionHeader, VERBS } from '../text/answer.ts';
import { lineAt, pyStrip } from '../text/python-text.ts';

export type Blocks = {
  readonly blocks: readonly ResolutionBlock[];
  /** a policy of `fallback_on_timeout` that an automatic block names */
  readonly autoPolicy: string | null;
  readonly findings: readonly FileFinding[];
};

/** The resolution blocks of a body: the first one counts, and none while the file is pending. */
export function readBlocks(body: string, bodyLine: number, pending: boolean): Blocks {
  const found = Array.from(body.matchAll(resolutionHeader));
  const findings: FileFinding[] = [];
  const line = (offset: number): number => bodyLine + lineAt(body, offset) - 1;
  let autoPolicy: string | null = null;
  const blocks = found.map((match, i): ResolutionBlock => {
    const text = body.slice(match.index + match[0].length, found[i + 1]?.index ?? body.length);
    const said = wordsOf(text);
    const verb = match[1]!;
    if (i === 0 && verb === 'Auto-decided') {
      autoPolicy = /fallback_on_timeout=(\w+)/.exec(said.note ?? '')?.[1]?.toLowerCase() ?? null;
    }
    if (i === 0 && verb === 'Revised' && !pending)
      findings.push(...amendmentFindings(text, line(match.index)));
    return {
      verb,
      by: pyStrip(match[2]!),
      resolvedAt: said.resolvedAt,
      note: said.note,
      amendment: amendmentBlock.exec(text)?.[1] ?? null,
      line: line(match.index),
      counts: i === 0 && !pending,
    };
  });
  const resolution = /^##\s+Resolution\s*$/m.exec(body)?.index ?? body.length;
  for (const [i, match] of found.entries()) {
    if (match.index < resolution) {
      findings.push({
        severity: 'error',
        message: `A resolution stands above “## Resolution”${i === 0 && !pending ? ', and it is the one that counts' : ''}.`,
        hint: 'The runtime takes the first one anywhere in the text. Look where it comes from.',
        line: line(match.index),
      });
    }
  }
  if (blocks[0]?.by === '') {
    findings.push({
      severity: 'error',
      message: 'The resolution names nobody, so the runtime leaves the file alone.',
      hint: `Write “### ${blocks[0].verb} by NAME”.`,
      line: blocks[0].line,
    });
  }
  for (const block of blocks.slice(1)) {
    findings.push({
      severity: 'warning',
      message: `“${block.verb} by ${block.by}” is not the first resolution and is ignored.`,
      hint: 'Only the first block counts.',
      line: block.line,
    });
  }
  return { blocks, autoPolicy, findings: [...findings, ...nearMisses(body, bodyLine, blocks)] };
}

/** `resolved_at`, and what else was said, as the runtime gathers it. */
function wordsOf(text: string): { readonly resolvedAt: string | null; readonly note: string | null } {
  let resolvedAt: string | null = null;
  const notes: string[] = [];
  for (const row of text.split('\n')) {
    const stripped = pyStrip(row);
    const pair = /^(\w+)\s*:\s*(.*)$/.exec(stripped);
    if (stripped === '') continue;
    if (pair?.[1] === 'amendment') break;
    if (pair?.[1] === 'resolved_at') resolvedAt = pyStrip(pair[2]!);
    else if (pair === null) notes.push(stripped);
    else if (pair[1] === 'reason' || pair[1] === 'note') notes.push(pyStrip(pair[2]!));
  }
  return { resolvedAt, note: notes.length === 0 ? null : notes.join(' ') };
}

function amendmentFindings(text: string, line: number): FileFinding[] {
  const refuse = (message: string): FileFinding[] => [
    {
      severity: 'error',
      message: `${message} The runtime refuses the revision.`,
      hint: 'It wants an indented `amendment:` with a yaml block of known keys.',
      line,
    },
  ];
  const raw = amendmentBlock.exec(text)?.[1];
  if (raw === undefined || raw.trim() === '') return refuse('The revision has no amendment.');
  const read = readAmendment(dedent(raw));
  return read.ok ? [] : refuse(read.problem.message);
}

/** Headings that a person meant as a resolution and the runtime does not take for one. */
function nearMisses(body: string, bodyLine: number, blocks: readonly ResolutionBlock[]): FileFinding[] {
  const findings: FileFinding[] = [];
  let fenced = false;
  for (const [i, row] of body.split('\n').entries()) {
    const line = bodyLine + i;
    if (/^\s*(?:```|~~~)/.test(row)) fenced = !fenced;
    if (fenced || blocks.some((block) => block.line === line)) continue;
    const found = /^(\s*)(#{1,6})(\s*)(\S+)\s+by\b(.*)$/i.exec(row);
    if (found === null || /<name>/.test(row)) continue;
    findings.push({
      severity: 'error',
      message: `“${row.trim()}” is no resolution to the runtime: ${missReason(found)}.`,
      hint: `Write “### ${closestVerb(found[4]!)} by NAME” alone on a line.`,
      line,
    });
  }
  return findings;
}

function missReason(found: RegExpExecArray): string {
  const [, indent = '', hashes = '', blank = '', verb = '', rest = ''] = found;
  if (indent !== '') return 'the heading is indented';
  if (hashes !== '###') return `the heading has ${hashes.length} # instead of three`;
  if (blank === '') return 'a blank is missing after ###';
  if (!(VERBS as readonly string[]).includes(verb)) return `“${verb}” is none of ${VERBS.join(', ')}`;
  if (rest.trim() === '') return 'no name follows';
  if (rest.trim().length > 128) return 'the name is longer than 128 characters';
  return "the name holds characters other than letters, digits and - _ . @ ' or blank";
}

/** The verb that is nearest by the letters that must change. */
export function closestVerb(word: string): string {
  const scored = VERBS.map((verb) => ({ verb, off: distance(verb.toLowerCase(), word.toLowerCase()) }));
  const best = scored.reduce((a, b) => (b.off < a.off ? b : a));
  return best.off <= 4 ? best.verb : 'Approved';
}

function distance(a: string, b: string): number {
  let before = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const now = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap = before[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      now.push(Math.min(swap, before[j]! + 1, now[j - 1]! + 1));
    }
    before = now;
  }
  return before[b.length]!;
}
