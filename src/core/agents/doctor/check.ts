import type { FileFinding } from '../../../contract/agent-files.ts';
import type { DoctorCheck } from '../../../contract/doctor.ts';

/** What a check looks at, and what its failing would mean. */
export type About = Pick<DoctorCheck, 'agent' | 'name' | 'title' | 'means'> & {
  readonly path?: string | null;
};

/** One thing that a check found. `line` from 1. */
export type Found = {
  readonly status: 'fail' | 'warn';
  readonly message: string;
  readonly hint: string;
  readonly path?: string | null;
  readonly line?: number | null;
  readonly fix?: DoctorCheck['fix'];
};

/** A check that is well. */
export function passed(about: About, message: string, details: readonly string[] = []): DoctorCheck {
  return { ...placed(about), status: 'pass', message, hint: '', line: null, details, fix: null };
}

/** A check that was not made, and why. */
export function skipped(about: About, message: string): DoctorCheck {
  return { ...placed(about), status: 'skip', message, hint: '', line: null, details: [], fix: null };
}

/** The worst thing that was found gives the message, the others are details; nothing found: the check is well. */
export function judged(
  about: About,
  found: readonly Found[],
  well: string,
  details: readonly string[] = [],
): DoctorCheck {
  const worst = found.find(({ status }) => status === 'fail') ?? found[0];
  if (worst === undefined) return passed(about, well, details);
  const others = found.filter((one) => one !== worst).map(inWords);
  return {
    ...placed(about),
    status: worst.status,
    message: worst.message,
    hint: worst.hint,
    path: worst.path ?? about.path ?? null,
    line: worst.line ?? null,
    details: [...others, ...details],
    fix: worst.fix ?? null,
  };
}

/** Findings of a file as what a check found; notices are no reason to warn. */
export function ofFindings(findings: readonly FileFinding[], path: string | null): Found[] {
  return findings.flatMap(({ severity, message, hint, line }): Found[] =>
    severity === 'notice'
      ? []
      : [{ status: severity === 'error' ? 'fail' : 'warn', message, hint, path, line }],
  );
}

function placed({
  agent,
  name,
  title,
  means,
  path,
}: About): Pick<DoctorCheck, 'agent' | 'name' | 'title' | 'means' | 'path'> {
  return { agent, name, title, means, path: path ?? null };
}

function inWords({ message, path, line }: Found): string {
  const where =
    path === undefined || path === null
      ? ''
      : ` (${path}${line === null || line === undefined ? '' : `:${line}`})`;
  return `${message}${where}`;
}
