import { useRef, useState, type ReactNode } from 'react';
import { copyText } from '../../app/capabilities.ts';
import { toastFailure } from '../../state/toasts.ts';
import { Button } from '../button/Button.tsx';
import { Dialog } from '../dialog/Dialog.tsx';
import { openableAddress } from './address.ts';
import './external.css';

type Props = { readonly address: string; readonly children: ReactNode };

/**
 * A link out of a store. It never leads anywhere by itself: a press shows the full address, and only a second act
 * opens it, https alone, in the person's browser. Any other address is text, with the address beside it.
 */
export function ExternalLink({ address, children }: Props) {
  const [asking, setAsking] = useState(false);
  const href = openableAddress(address);
  if (href === null) return <span className="external-dead">{children}</span>;
  const host = window.vekscopeHost;
  // the desktop asks with a dialog of its own, which the page can't imitate
  const press = () => (host === undefined ? setAsking(true) : void host.openExternal(href).catch(refused));
  return (
    <>
      <button type="button" className="external-link" title={href} onClick={press}>
        {children}
      </button>
      {asking && <AskToOpen href={href} onClose={() => setAsking(false)} />}
    </>
  );
}

function AskToOpen({ href, onClose }: { readonly href: string; readonly onClose: () => void }) {
  const cancel = useRef<HTMLButtonElement>(null);
  const copy = async () => {
    const answer = await copyText(href);
    if (!answer.ok) toastFailure(answer.error);
    onClose();
  };
  const open = () => {
    window.open(href, '_blank', 'noopener,noreferrer');
    onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      width={520}
      title="Open this address in your browser?"
      initialFocus={cancel}
      actions={
        <>
          <Button ref={cancel} onClick={onClose}>
            Cancel
          </Button>
          <Button onClick={() => void copy()}>Copy address</Button>
          <Button look="primary" onClick={open}>
            Open in browser
          </Button>
        </>
      }
    >
      <p className="external-address">{href}</p>
    </Dialog>
  );
}

function refused(error: unknown): void {
  toastFailure({
    kind: 'io',
    message: 'The address was not opened.',
    hint: 'Copy it and open it in the browser yourself.',
    detail: String(error),
  });
}
