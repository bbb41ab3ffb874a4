import { Tooltip as Base } from '@base-ui/react/tooltip';
import type { ReactElement, ReactNode } from 'react';
import './tooltip.css';

/** Shares the delay between neighbouring tooltips; stands once around the window. */
export const TooltipProvider = Base.Provider;

export type TooltipProps = {
  /** something helpful that nobody needs; needed facts stand in the view itself */
  readonly text: ReactNode;
  /** one focusable element */
  readonly children: ReactElement;
};

/** A short text on hover and keyboard focus, for the eye only: the element's own name says the same to a screen reader. */
export function Tooltip({ text, children }: TooltipProps) {
  return (
    <Base.Root
      onOpenChange={(_open, details) => {
        // Esc is for the dialog or menu that the element stands in too, not for the tooltip alone
        if (details.reason === 'escape-key') details.allowPropagation();
      }}
    >
      <Base.Trigger render={children} />
      <Base.Portal>
        <Base.Positioner className="tooltip-positioner" sideOffset={6} aria-hidden>
          <Base.Popup className="tooltip" data-surface="raised">
            {text}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
