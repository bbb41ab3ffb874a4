import type { DoctorCheck, DoctorReport } from '../../../contract/doctor.ts';

export const STATUS_WORDS: Record<DoctorCheck['status'], string> = {
  fail: 'Fails',
  warn: 'Warning',
  pass: 'Well',
  skip: 'Not checked',
};

const RANK: Record<DoctorCheck['status'], number> = { fail: 0, warn: 1, pass: 2, skip: 3 };

export const DOCTOR_FILTERS = ['findings', 'all', 'fail', 'warn', 'pass', 'skip'] as const;
export type DoctorFilter = (typeof DOCTOR_FILTERS)[number];

export const FILTER_LABELS: Record<DoctorFilter, string> = {
  findings: 'Findings',
  all: 'All',
  fail: 'Fail',
  warn: 'Warnings',
  pass: 'Well',
  skip: 'Not checked',
};

export type DoctorForm = {
  readonly filter: DoctorFilter;
  /** empty: all; `FOLDER`: what is of no agent */
  readonly agent: string;
  readonly search: string;
  /** the key of the check that is shown */
  readonly key: string | null;
  /** checks that were mended here: they stay in the list, so that one sees them turn well */
  readonly mended: readonly string[];
};

export const FIRST_FORM: DoctorForm = { filter: 'findings', agent: '', search: '', key: null, mended: [] };

/** What the choice of agents calls the checks that are of none. */
export const FOLDER = '/';

/** What makes a check the same one when it is made again. */
export const checkKey = ({ agent, name, path }: DoctorCheck): string => JSON.stringify([agent, name, path]);

/** What makes a check the same one once it is mended: it has no place then. */
export const mendKey = ({ agent, name }: DoctorCheck): string => JSON.stringify([agent, name]);

/** Checks of one kind that can be mended, the given one first. */
export const mendable = (checks: readonly DoctorCheck[], check: DoctorCheck): readonly DoctorCheck[] => [
  check,
  ...checks.filter((one) => one !== check && one.name === check.name && one.fix !== null),
];

/** The template of the file that a check misses, or null where it misses none. */
export const missingTemplate = ({ agent, name, message }: DoctorCheck): string | null =>
  agent !== null && name === 'governance' && message === 'There is no governance.md.' ? 'governance' : null;

export function passesFilter({ status }: DoctorCheck, filter: DoctorFilter): boolean {
  if (filter === 'all') return true;
  if (filter === 'findings') return status === 'fail' || status === 'warn';
  return status === filter;
}

/** The checks that the filter, the agent and every word of the search let through. */
export function narrowed(checks: readonly DoctorCheck[], form: DoctorForm): readonly DoctorCheck[] {
  const words = form.search.toLowerCase().split(/\s+/).filter(Boolean);
  return checks.filter((check) => {
    if (!passesFilter(check, form.filter) && !form.mended.includes(mendKey(check))) return false;
    if (form.agent !== '' && (check.agent ?? FOLDER) !== form.agent) return false;
    const { agent, title, name, message, means, hint, path, details } = check;
    const text = [agent, title, name, message, means, hint, path, ...details].join(' ').toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

const names = new Intl.Collator('en', { numeric: true });

/**
 * Checks by agent: the one with the worst findings first, in each the worst first. What could not be checked from the
 * files stands last of all.
 */
export function byAgent(checks: readonly DoctorCheck[]): readonly DoctorCheck[] {
  const need = new Map<string, number>();
  for (const { agent, status } of checks) {
    const weight = status === 'fail' ? 1000 : status === 'warn' ? 1 : 0;
    need.set(agent ?? FOLDER, (need.get(agent ?? FOLDER) ?? 0) + weight);
  }
  return checks.toSorted((a, b) => {
    const skipped = Number(a.status === 'skip') - Number(b.status === 'skip');
    if (skipped !== 0) return skipped;
    const [x, y] = [a.agent ?? FOLDER, b.agent ?? FOLDER];
    return (need.get(y) ?? 0) - (need.get(x) ?? 0) || names.compare(x, y) || RANK[a.status] - RANK[b.status];
  });
}

/** The group of a check in the list. */
export function groupOf({ agent, status }: DoctorCheck): string {
  const who = agent ?? 'The folder';
  return status === 'skip' ? `${who}: not checked` : who;
}

/** `memory/INDEX.md:5` of `harbor/memory/INDEX.md`, line 5. */
export const placeWords = (path: string, line: number | null): string =>
  line === null ? path : `${path}:${line}`;

/** A detail that ends in a place in brackets, as the doctor writes them: its words, and where that is. */
export function detailOf(text: string): {
  readonly words: string;
  readonly path: string | null;
  readonly line: number | null;
} {
  const found = /^(.*) \(([^()\n]+?\/[^()\n]*?\.[a-z]+)(?::(\d+))?\)$/.exec(text);
  if (found === null) return { words: text, path: null, line: null };
  const [, words = '', path = '', line] = found;
  return { words, path, line: line === undefined ? null : Number(line) };
}

/** All checks as lines of text, for a message or a file: findings first. */
export function reportText(report: DoctorReport, folder: string, today: string): string {
  const { fail, warn, pass, skip } = report;
  const lines = [
    `Doctor of ${folder}, as of ${today}`,
    `${fail} fail, ${warn} warn, ${pass} well, ${skip} not checked`,
  ];
  let group = '';
  for (const check of byAgent(report.checks)) {
    const head = groupOf(check);
    if (head !== group) lines.push('', head);
    group = head;
    const place = check.path === null ? '' : `  (${placeWords(check.path, check.line)})`;
    lines.push(`  ${check.status}  ${check.title}: ${check.message}${place}`);
    if (check.status === 'fail' || check.status === 'warn') {
      for (const more of [check.means, check.hint, ...check.details]) {
        if (more !== '') lines.push(`        ${more}`);
      }
    }
  }
  return `${lines.join('\n')}\n`;
}
