import { CircleX } from 'lucide-react';
import { Component, type ErrorInfo, type ReactNode } from 'react';
import type { Failure } from '../../contract/failure.ts';
import { Button } from '../ui/button/Button.tsx';
import { CopyDetails } from '../ui/empty/FailureState.tsx';
import { EmptyState } from '../ui/empty/EmptyState.tsx';
import { logFault } from './error-log.ts';

type Props = { readonly children: ReactNode };
type State = { readonly error: Failure | null };

/** Keeps a fault of one view inside it: the rest of the window goes on, and the fault can be copied. */
export class ViewBoundary extends Component<Props, State> {
  override state: State = { error: null };

  static getDerivedStateFromError(error: unknown): State {
    return { error: faultOf(error, '') };
  }

  override componentDidCatch(error: unknown, info: ErrorInfo): void {
    logFault('view-error', error);
    this.setState({ error: faultOf(error, info.componentStack ?? '') });
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    return (
      <EmptyState
        icon={CircleX}
        tone="bad"
        title={error.message}
        actions={
          <>
            <Button size="small" onClick={() => this.setState({ error: null })}>
              Show again
            </Button>
            <CopyDetails error={error} />
          </>
        }
      >
        <p>{error.hint}</p>
      </EmptyState>
    );
  }
}

function faultOf(error: unknown, where: string): Failure {
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return {
    kind: 'io',
    message: 'This part of the window stopped because of a fault in Vekscope.',
    hint: 'Nothing was written by it. Show it again, or copy the details for a report.',
    detail: `${detail}\n${where}`,
  };
}
