import type { LedgerFinding } from '../../contract/ledger-report.ts';
import type { LedgerOutput } from '../ledger-scene.ts';
import { counted, safeLine } from '../output.ts';

type Severity = LedgerFinding['severity'];
type Painter = Pick<LedgerOutput, 'paint'>;
const SEVERITIES: readonly Severity[] = ['error', 'warning', 'notice'];

/** Findings of one kind that are printed unless all are asked for: more scroll the verdict away. */
const SHOWN = 20;

/** `3 errors, 1 notice`; `more than 1,000 errors` where not all are listed. */
export function countsOf(findings: readonly LedgerFinding[]): string {
  return SEVERITIES.flatMap((severity) => {
    const all = findings.filter((one) => one.severity === severity);
    const listed = all.filter(({ kind }) => kind !== 'more').length;
    if (listed === 0) return [];
    return [`${listed < all.length ? 'more than ' : ''}${counted(listed, severity)}`];
  }).join(', ');
}

/** Findings as a person reads them, of each kind the first ones unless `all`, and how many more there are. */
export function findingLines(out: Painter, findings: readonly LedgerFinding[], all: boolean): string[] {
  if (all) return findings.flatMap((finding) => oneFinding(out, finding));
  const groups = new Map<string, LedgerFinding[]>();
  for (const finding of findings) {
    const key = `${finding.severity} ${finding.kind}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [finding]);
    else group.push(finding);
  }
  return Array.from(groups.values()).flatMap((group) => groupLines(out, group));
}

function groupLines(out: Painter, group: readonly LedgerFinding[]): string[] {
  const lines = group.slice(0, SHOWN).flatMap((finding) => oneFinding(out, finding));
  const [first] = group;
  const rest = group.length - SHOWN;
  if (first === undefined || rest <= 0) return lines;
  const more = `${rest.toLocaleString('en-US')} more of ${first.kind}; --verbose lists them.`;
  return lines.concat(moreLines(out, first.severity, more));
}

const moreLines = (out: Painter, severity: Severity, text: string): string[] => [
  '',
  `${out.paint(severity.padEnd(7), COLOURS[severity])}  … ${safeLine(text)}`,
];

const COLOURS = { error: 'red', warning: 'yellow', notice: 'dim' } as const;
const SURE = {
  proved: 'Proved: recomputed, nothing else fits.',
  likely: 'Likely: most records say so.',
  possible: 'Possible: it may have another reason.',
} as const;

function oneFinding(out: Painter, finding: LedgerFinding): string[] {
  if (finding.kind === 'more') return moreLines(out, finding.severity, finding.message);
  const { kind, severity, seq, executionId, agent, message, expected, found, since, sure, because } = finding;
  const place = [
    ...(seq === null ? [] : [`entry ${seq}`]),
    ...(agent === null ? [] : [`agent ${agent}`]),
    ...(executionId === null ? [] : [`execution ${executionId}`]),
  ].join(', ');
  return [
    '',
    `${out.paint(severity.padEnd(7), COLOURS[severity])}  ${kind}${place === '' ? '' : `  ${safeLine(place)}`}`,
    `         ${safeLine(message)}`,
    ...(expected === null ? [] : [`         expected  ${safeLine(expected)}`]),
    ...(found === null ? [] : [`         found     ${safeLine(found)}`]),
    ...because.map(
      ({ where, says, agrees }) =>
        `         ${agrees ? 'for     ' : 'against '}  ${safeLine(`${where}: ${says}`)}`,
    ),
    ...(severity === 'notice'
      ? []
      : [`         ${SURE[sure]}${since === null ? '' : ` Not to be trusted from entry ${since} on.`}`]),
  ];
}
