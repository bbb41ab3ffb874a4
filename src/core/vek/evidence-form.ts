import type { EvidenceForm } from '../../contract/integrity.ts';
import type { Problem } from '../../contract/problem.ts';
import { jsonOf, type Plain } from '../json/build.ts';
import { canonicalText } from '../json/canonical.ts';
import { stringifyJson } from '../json/pretty.ts';
import { limits } from '../storage/limits.ts';
import type { Evidence } from './evidence.ts';

/** What the file is called inside, so that a reader knows what it holds. */
const FORMAT = 'vekscope.evidence';
const FORMAT_VERSION = 1;

/** Evidence as the text of a file. Two files of the same store differ only in `times`. */
export function evidenceText(evidence: Evidence, form: EvidenceForm): string {
  return form === 'json' ? jsonText(evidence) : plainText(evidence);
}

function jsonText(evidence: Evidence): string {
  const node = jsonOf(plainOf(evidence));
  const canonical = canonicalText(node);
  return `${canonical.ok ? canonical.text : stringifyJson(node)}\n`;
}

function plainOf({ version, folder, check, facts, exportedMicros }: Evidence): Plain {
  const { report } = check;
  return {
    format: FORMAT,
    format_version: FORMAT_VERSION,
    tool: { name: 'Vekscope', version },
    times: {
      check_started: isoTime(check.startedMicros),
      check_ended: isoTime(check.endedMicros),
      exported: isoTime(exportedMicros),
    },
    result: report.ok ? 'sound' : 'damaged',
    store: {
      folder,
      file: 'vek.db',
      bytes: facts.file.bytes,
      sha256: facts.file.sha256,
      log:
        facts.log === null ? null : { file: 'vek.db-wal', bytes: facts.log.bytes, sha256: facts.log.sha256 },
      schema_version: facts.schema.version,
      columns_of_nodes: facts.schema.columns,
      rescued: facts.salvage,
    },
    head:
      facts.head.state === 'branch'
        ? { state: 'branch', text: facts.head.text }
        : { state: facts.head.state },
    refs: facts.refs.map(({ name, kind, hash }) => ({ name, kind, hash })),
    counts: { in_the_store: facts.counts, checked: report.checked },
    digests: {
      calls: facts.calls,
      objects: facts.objects,
      recipe: recipe(facts.salvage),
    },
    findings: report.problems.map(findingOf),
    cut_off:
      report.cutOff === null
        ? null
        : {
            calls: report.cutOff.calls,
            parts: report.cutOff.parts,
            listed: report.cutOff.listed.map(({ hash, calls, before }) => ({
              newest: hash,
              calls,
              likely_before: before,
            })),
          },
    checked: report.sound.map(({ what, count, text }) => ({ what, count, text })),
    not_checked: report.notChecked,
    limits: LIMITS,
  };
}

function findingOf(problem: Problem): Plain {
  const { kind, severity, hash, ref, facts } = problem;
  return {
    kind,
    severity,
    hash,
    ref,
    message: messageOf(problem),
    recomputed: facts?.computed,
    named: facts?.named,
    table: facts?.table,
    row: facts?.row,
    used_by: facts?.uses,
    calls: facts?.calls,
    stored_as: facts?.storage,
    bytes_fit: facts?.fits,
  };
}

/** Why a text is no JSON quotes it, and contents stay in the store. */
function messageOf({ kind, hash, message }: Problem): string {
  return kind === 'object-not-json'
    ? `The object ${hash ?? ''} is not JSON that can be read; its hash is right.`
    : message;
}

const LIMITS: readonly string[] = [
  'A hash shows that bytes are what was recorded, not that what a tool returned was true.',
  'Hashes carry no signature: who can write the file can record another history with hashes that fit.',
  'Calls that were removed together with every ref and call that named them leave no trace to find.',
  `Of one kind of error at most ${limits.checkProblems} findings are listed, of one kind of warning or notice ${limits.checkNotices}; the rest is counted.`,
];

function recipe(salvage: boolean): string[] {
  return [
    ...(salvage
      ? [
          'The file is damaged: the digests are over the rows that could be rescued, so SQLite alone may not give the same.',
        ]
      : []),
    'digests.calls: take the column hash of every row of the table nodes whose hash is text, sort by bytes, write each with one line feed (0x0A) after it; the SHA-256 of that. digests.objects: the same with the table objects.',
    'In Python, with a copy of the folder .vek: db = sqlite3.connect("vek.db"); hashlib.sha256("".join(h + "\\n" for (h,) in db.execute("SELECT hash FROM nodes WHERE typeof(hash) = \'text\' ORDER BY hash")).encode()).hexdigest()',
    'The hash of an object: SHA-256 over the text "blob ", its size in bytes as decimal digits, one NUL byte, its bytes.',
    'The hash of a call: SHA-256 over "node ", size, one NUL byte, and the JSON of input_hash, output_hash, parent_hash, timestamp, tool (and merge_parent where it is not NULL), keys sorted, no blanks, non-ASCII raw.',
    'store.sha256 is over the bytes of vek.db as they stood; commits that wait in vek.db-wal are not in them.',
    'This file is JSON with sorted keys and no blanks; apart from times, the same store gives the same file.',
  ];
}

function isoTime(micros: number): string {
  return new Date(micros / 1000).toISOString();
}

/** Findings that the text lists one by one; the JSON holds all. */
const TEXT_FINDINGS = 1000;

function plainText(evidence: Evidence): string {
  const { version, folder, check, facts, exportedMicros } = evidence;
  const { report } = check;
  const number = new Intl.NumberFormat('en');
  const lines = [
    `# Check of ${oneLine(folder)}`,
    '',
    `- Result: ${report.ok ? 'sound' : 'damaged'}`,
    `- Checked: ${isoTime(check.startedMicros)} to ${isoTime(check.endedMicros)}`,
    `- Exported: ${isoTime(exportedMicros)}`,
    `- Tool: Vekscope ${version}`,
    `- File: vek.db, ${number.format(facts.file.bytes)} bytes, SHA-256 ${facts.file.sha256}`,
    ...(facts.log === null
      ? []
      : [`- Log: vek.db-wal, ${number.format(facts.log.bytes)} bytes, SHA-256 ${facts.log.sha256}`]),
    `- Schema: version ${facts.schema.version ?? 'unreadable'}`,
    `- HEAD: ${facts.head.state === 'branch' ? oneLine(facts.head.branch) : facts.head.state}`,
    `- In the store: ${number.format(facts.counts.calls)} calls, ${number.format(facts.counts.objects)} objects, ${number.format(facts.counts.refs)} refs`,
    `- Digest of all call hashes: ${facts.calls.sha256}`,
    `- Digest of all object hashes: ${facts.objects.sha256}`,
    '',
    `## Findings (${number.format(report.problems.length)})`,
    '',
  ];
  if (report.problems.length === 0) lines.push('None.');
  for (const problem of report.problems.slice(0, TEXT_FINDINGS)) {
    lines.push(`- ${problem.severity}: ${oneLine(messageOf(problem))} [${problem.kind}]`);
  }
  if (report.problems.length > TEXT_FINDINGS) {
    lines.push(`- ${number.format(report.problems.length - TEXT_FINDINGS)} more; the JSON form lists all.`);
  }
  if (report.cutOff !== null) {
    lines.push(
      '',
      `No ref reaches ${number.format(report.cutOff.calls)} calls: a gc of the Python tool would delete them.`,
    );
  }
  lines.push('', '## Checked and sound', '', ...report.sound.map(({ text }) => `- ${oneLine(text)}`));
  lines.push(
    '',
    '## Not checked',
    '',
    ...(report.notChecked.length === 0
      ? ['Nothing was left out.']
      : report.notChecked.map((text) => `- ${text}`)),
  );
  lines.push('', '## Refs', '', ...facts.refs.map(({ name, hash }) => `- ${oneLine(name)} ${oneLine(hash)}`));
  lines.push('', '## Limits', '', ...LIMITS.map((text) => `- ${text}`));
  lines.push('', '## To recompute', '', ...recipe(facts.salvage).map((text) => `- ${text}`), '');
  return lines.join('\n');
}

// oxlint-disable-next-line no-control-regex -- a name from a store stays on its line
const BREAKS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

const oneLine = (text: string): string => text.replaceAll(BREAKS, '\uFFFD');
