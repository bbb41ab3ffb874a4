import { Component, type ReactNode } from 'react';
import { logFault } from '../../../app/error-log.ts';

/** What the layout of a hostile text throws, or a part of the window that can't be fetched, ends here: the text is still shown. */
export class TextBoundary extends Component<
  { readonly fallback: ReactNode; readonly children: ReactNode },
  { failed: boolean }
> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override componentDidCatch(error: unknown): void {
    logFault('view-error', error);
  }

  override render(): ReactNode {
    return this.state.failed ? this.props.fallback : this.props.children;
  }
}
