import { Dialog as Base } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import type { ReactNode, RefObject } from 'react';
import { IconButton } from '../button/Button.tsx';
import './dialog.css';

export type DialogProps = {
  readonly open: boolean;
  readonly onClose: () => void;
  /** act and object: Fork from 7d20be19 */
  readonly title: ReactNode;
  readonly description?: ReactNode;
  readonly children: ReactNode;
  /** the row of buttons, the primary one last */
  readonly actions?: ReactNode;
  readonly width?: 440 | 520 | 648;
  /** what has the focus first; the first field or button otherwise */
  readonly initialFocus?: RefObject<HTMLElement | null>;
};

/** A modal dialog. Esc and a press outside close it; the focus goes back to where it was. */
export function Dialog({
  open,
  onClose,
  title,
  description,
  children,
  actions,
  width = 520,
  initialFocus,
}: DialogProps) {
  return (
    <Base.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Base.Portal>
        <Base.Backdrop className="dialog-backdrop" />
        <Base.Viewport className="dialog-viewport">
          <Base.Popup
            className="dialog"
            data-surface="raised"
            style={{ maxWidth: width }}
            {...(initialFocus === undefined ? {} : { initialFocus })}
          >
            <header className="dialog-head">
              <div className="dialog-titles">
                <Base.Title className="dialog-title">{title}</Base.Title>
                {description !== undefined && (
                  <Base.Description className="dialog-description">{description}</Base.Description>
                )}
              </div>
            </header>
            <div className="dialog-body">{children}</div>
            {actions !== undefined && <footer className="dialog-actions">{actions}</footer>}
            <Base.Close render={<IconButton className="dialog-close" icon={X} label="Close" />} />
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  );
}
