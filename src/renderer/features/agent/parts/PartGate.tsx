import { Database } from 'lucide-react';
import type { ReactNode } from 'react';
import type { AgentPart, AgentPartName } from '../../../../contract/agent-parts.ts';
import { EmptyState } from '../../../ui/empty/EmptyState.tsx';
import { FailureState } from '../../../ui/empty/FailureState.tsx';
import { Button } from '../../../ui/button/Button.tsx';
import { SkeletonRows } from '../../../ui/skeleton/Skeleton.tsx';
import { usePart } from '../scene.ts';

type Of<Name extends AgentPartName> = Extract<AgentPart, { readonly part: Name }>;

type Props<Name extends AgentPartName> = {
  readonly part: Name;
  readonly children: (value: Of<Name>) => ReactNode;
};

/** A part of the agent once it is read; one that a database holds says so, and is never shown as empty (§13). */
export function PartGate<Name extends AgentPartName>({ part, children }: Props<Name>) {
  const { value, error, again } = usePart(part);
  if (value === null) {
    if (error === null) return <SkeletonRows rows={10} label="Reading" />;
    return (
      <FailureState
        error={error}
        actions={
          <Button size="small" onClick={again}>
            Read again
          </Button>
        }
      />
    );
  }
  if (value.part === 'elsewhere') {
    return (
      <EmptyState icon={Database} title={`Kept in a database: ${value.where}`}>
        <p>{value.why}</p>
        <p>The files of this folder do not hold this part, so nothing is shown rather than an empty list.</p>
      </EmptyState>
    );
  }
  return children(value as Of<Name>);
}
