import type { ReactNode } from 'react';
import type { DialogProps } from '../../../ui/dialog/Dialog.tsx';

/** What one of the two questions about a merge puts into their dialog. */
export type DialogParts = Required<Pick<DialogProps, 'title' | 'actions' | 'width'>> & {
  readonly description: ReactNode;
  readonly body: ReactNode;
};
