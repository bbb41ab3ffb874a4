import { pyLines, pyRegExp, pyStrip } from '../text/python-text.ts';

/**
 * An escalation file cut as the runtime cuts it: plain `key: value` lines between two lines `---`, then the body
 * (formats/atomic-agents.md §11). `bodyLine` is the line of the file on which the body begins.
 */
export type EscalationText = {
  readonly fields: ReadonlyMap<string, string>;
  readonly lines: ReadonlyMap<string, number>;
  readonly body: string;
  readonly bodyLine: number;
  /** why the runtime passes the file over */
  readonly problem: string | null;
};

const field = pyRegExp('^([A-Za-z_][A-Za-z0-9_]*):\\s*(.*)$');
const required = [
  'type',
  'state',
  'proposal_id',
  'parent_run_id',
  'agent',
  'action_class',
  'judge_id',
  'escalated_at',
  'policy_version',
  'schema_version',
];

/** Reads header and body. */
export function cutEscalation(text: string): EscalationText {
  const rows = pyLines(text);
  const fields = new Map<string, string>();
  const lines = new Map<string, number>();
  const none = (problem: string): EscalationText => ({ fields, lines, body: text, bodyLine: 1, problem });
  if (rows.length === 0 || pyStrip(rows[0]!) !== '---') {
    return none('It does not begin with a header, so the runtime passes it over.');
  }
  let i = 1;
  for (; i < rows.length && pyStrip(rows[i]!) !== '---'; i++) {
    const found = field.exec(rows[i]!);
    if (found === null) continue;
    fields.set(found[1]!, pyStrip(found[2]!));
    lines.set(found[1]!, i + 1);
  }
  if (i >= rows.length) return none('Its header has no end, so the runtime passes it over.');
  const missing = required.find((key) => !fields.has(key));
  const version = fields.get('schema_version') ?? '';
  const problem =
    missing !== undefined
      ? `Its header lacks ${missing}, so the runtime passes it over.`
      : /^\s*[+-]?\d+(?:_\d+)*\s*$/.test(version)
        ? null
        : `Its schema_version is “${version}”, no number, so the runtime passes it over.`;
  return { fields, lines, body: rows.slice(i + 1).join('\n'), bodyLine: i + 2, problem };
}

/** The text below a `## ` heading up to the next one of the same level. */
export function sectionOf(body: string, heading: string): string {
  const rows = body.split('\n');
  const start = rows.findIndex((row) => row.trim().toLowerCase() === `## ${heading}`.toLowerCase());
  if (start === -1) return '';
  const rest = rows.slice(start + 1);
  const end = rest.findIndex((row) => /^##\s/.test(row));
  return (end === -1 ? rest : rest.slice(0, end)).join('\n').trim();
}
