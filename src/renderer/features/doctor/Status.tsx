import { CircleAlert, CircleCheck, CircleDashed, CircleX, type LucideIcon } from 'lucide-react';
import type { DoctorCheck } from '../../../contract/doctor.ts';
import { STATUS_WORDS } from './checks.ts';

const ICONS: Record<DoctorCheck['status'], LucideIcon> = {
  fail: CircleX,
  warn: CircleAlert,
  pass: CircleCheck,
  skip: CircleDashed,
};

/** The outcome of a check: a sign and a word. */
export function Status({ status }: { readonly status: DoctorCheck['status'] }) {
  const Icon = ICONS[status];
  return (
    <span className={`dr-status dr-${status}`}>
      <Icon className="icon" size={14} aria-hidden />
      {STATUS_WORDS[status]}
    </span>
  );
}
