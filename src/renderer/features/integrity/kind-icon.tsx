import {
  ArrowLeftRight,
  FileQuestion,
  FileWarning,
  Flag,
  GitBranch,
  HardDrive,
  ListOrdered,
  Clock,
  RefreshCcw,
  ShieldX,
  Unlink,
  type LucideIcon,
} from 'lucide-react';
import { createElement } from 'react';
import type { ProblemKind, Severity } from '../../../contract/problem.ts';

/** The sign of a kind of finding; its colour is that of the severity. */
function iconOf(kind: ProblemKind): LucideIcon {
  switch (kind) {
    case 'parent-missing':
    case 'merge-parent-missing':
      return Unlink;
    case 'node-altered':
    case 'object-altered':
    case 'input-altered':
    case 'output-altered':
      return ShieldX;
    case 'object-missing':
    case 'object-unreadable':
    case 'input-missing':
    case 'output-missing':
      return FileQuestion;
    case 'object-not-blob':
    case 'object-not-json':
    case 'object-not-parsed':
    case 'input-not-blob':
    case 'output-not-blob':
    case 'tool-odd':
      return FileWarning;
    case 'ref-dangling':
    case 'ref-name':
    case 'ref-unreadable':
      return Flag;
    case 'head-missing':
    case 'head-unreadable':
    case 'head-unborn':
    case 'head-on-tag':
      return GitBranch;
    case 'cycle':
      return RefreshCcw;
    case 'time-form':
      return Clock;
    case 'index-damaged':
    case 'duplicate-row':
      return ListOrdered;
    case 'schema':
    case 'ledger-finding':
    case 'more':
      return ArrowLeftRight;
    case 'file-structure':
    case 'damaged-file':
    case 'lost-rows':
    case 'empty-file':
      return HardDrive;
    default:
      return kind satisfies never;
  }
}

const SEVERITY: Readonly<Record<Severity, { readonly words: string; readonly className: string }>> = {
  error: { words: 'broken', className: 'in-bad' },
  warning: { words: 'warning', className: 'in-warn' },
  notice: { words: 'remark', className: 'in-note' },
};

/** How bad a finding is, in a word. */
export const severityWords = (severity: Severity): string => SEVERITY[severity].words;

export type KindIconProps = {
  readonly kind: ProblemKind;
  readonly severity: Severity;
  readonly size?: 14 | 16 | 20;
};

/** The sign of a finding, with its severity in words for screen readers. */
export function KindIcon({ kind, severity, size = 16 }: KindIconProps) {
  const { words, className } = SEVERITY[severity];
  return (
    <>
      {createElement(iconOf(kind), { className: `icon ${className}`, size, 'aria-hidden': true })}
      <span className="visually-hidden">{words}: </span>
    </>
  );
}
