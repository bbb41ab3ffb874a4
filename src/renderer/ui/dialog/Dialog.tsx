import { Dialog as Base } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { useLayoutEffect, useState, type ReactNode, type RefObject } from 'react';
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
  /** 920 for differences of files */
  readonly width?: 440 | 520 | 648 | 920;
  /** what has the focus first, before the next key is pressed; the first field or button otherwise */
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
  const [cameFrom, setCameFrom] = useState<HTMLElement | null>(null);
  return (
    <Base.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Base.Portal>
        <Base.Backdrop className="dialog-backdrop" />
        <Base.Viewport className="dialog-viewport">
          <Base.Popup
            className="dialog"
            data-surface="raised"
            style={{ maxWidth: width }}
            finalFocus={() => backTo(cameFrom, initialFocus !== undefined)}
            {...(initialFocus === undefined ? {} : { initialFocus })}
          >
            <div className="dialog-head">
              <div className="dialog-titles">
                <Base.Title className="dialog-title">{title}</Base.Title>
                {description !== undefined && (
                  <Base.Description className="dialog-description">{description}</Base.Description>
                )}
              </div>
            </div>
            <div className="dialog-body">{children}</div>
            <FocusNow target={initialFocus ?? null} onTaken={setCameFrom} />
            {actions !== undefined && <div className="dialog-actions">{actions}</div>}
            <Base.Close render={<IconButton className="dialog-close" icon={X} label="Close" />} />
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  );
}

/** Where the focus goes when a dialog closes: whence it came, or to the rows of the view where that is gone. */
function backTo(from: HTMLElement | null, taken: boolean): HTMLElement | boolean {
  // a menu that the dialog came from is gone, and leaves nothing but the document
  if (from?.isConnected === true && from !== document.body) return taken ? from : true;
  const view = document.getElementById('view');
  const rows = view?.querySelector<HTMLElement>('[data-key-default]') ?? view;
  if (rows === null) return true;
  if (rows.tabIndex >= 0) return rows;
  // what is no stop of the Tab key would have its first button focused instead of itself
  window.setTimeout(() => rows.focus({ preventScroll: true }), 0);
  return false;
}

type FocusNowProps = {
  /** null: what the dialog chooses itself */
  readonly target: RefObject<HTMLElement | null> | null;
  /** hears from whom the focus was taken */
  readonly onTaken: (from: HTMLElement | null) => void;
};

/** Gives the focus as soon as the dialog is there: what a fast typist types next goes where it belongs. */
function FocusNow({ target, onTaken }: FocusNowProps) {
  useLayoutEffect(() => {
    onTaken(document.activeElement instanceof HTMLElement ? document.activeElement : null);
    target?.current?.focus();
  }, [target, onTaken]);
  return null;
}
