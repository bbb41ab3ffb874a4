import { CircleStop, Database, FileWarning, Lock, SearchX, TriangleAlert } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { Failure } from '../../../contract/failure.ts';
import { copyText } from '../../app/capabilities.ts';
import { Button } from '../button/Button.tsx';
import { HashText } from '../hash/HashText.tsx';
import { EmptyState } from './EmptyState.tsx';

export type FailureStateProps = {
  readonly error: Failure;
  /** further buttons before Copy details */
  readonly actions?: ReactNode;
};

/** A whole view that could not be read, in the words of the failure. */
export function FailureState({ error, actions }: FailureStateProps) {
  const { icon, tone } = lookOf(error.kind);
  return (
    <EmptyState
      icon={icon}
      tone={tone}
      title={<HashText text={error.message} />}
      actions={
        <>
          {actions}
          <CopyDetails error={error} />
        </>
      }
    >
      <p>{error.hint}</p>
    </EmptyState>
  );
}

/** Copies kind, message, hint and raw cause of a failure as text for a bug report. */
export function CopyDetails({ error }: { readonly error: Failure }) {
  const [copied, setCopied] = useState<'no' | 'yes' | 'failed'>('no');
  const words = { no: 'Copy details', yes: 'Copied', failed: 'Copying failed' }[copied];
  return (
    <Button
      size="small"
      onClick={() => {
        void copyText(failureText(error)).then((answer) => setCopied(answer.ok ? 'yes' : 'failed'));
      }}
    >
      {words}
    </Button>
  );
}

/** A failure as lines of text. */
export const failureText = (error: Failure): string =>
  [error.message, error.hint, `kind: ${error.kind}`, ...(error.detail === undefined ? [] : [error.detail])]
    .filter((line) => line !== '')
    .join('\n');

function lookOf(kind: Failure['kind']): { icon: LucideIcon; tone: 'neutral' | 'warn' | 'bad' } {
  switch (kind) {
    case 'not-a-database':
    case 'damaged':
    case 'unreadable':
      return { icon: Database, tone: 'bad' };
    case 'busy':
    case 'locked':
      return { icon: Lock, tone: 'warn' };
    case 'conflict':
    case 'exists':
    case 'too-large':
    case 'refused':
      return { icon: TriangleAlert, tone: 'warn' };
    case 'not-found':
    case 'not-a-repository':
    case 'ambiguous':
      return { icon: SearchX, tone: 'neutral' };
    case 'cancelled':
      return { icon: CircleStop, tone: 'neutral' };
    case 'bad-request':
    case 'io':
      return { icon: FileWarning, tone: 'warn' };
    default:
      return kind satisfies never;
  }
}
