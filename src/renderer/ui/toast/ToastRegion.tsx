import { Check, Info, TriangleAlert, X } from 'lucide-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { copyText } from '../../app/capabilities.ts';
import { dismissToast, useToasts, type Toast } from '../../state/toasts.ts';
import { Button, IconButton } from '../button/Button.tsx';
import './toast.css';

/** How long a message stays when nobody points at it, in ms. Errors stay until closed. */
const STAY_MS = 8000;

/** By then the focus has left a message that was closed, in ms. */
const AFTER_CLOSE_MS = 50;

/** The messages at the bottom right: only after a person's own act, with Undo. `children` stand below them. */
export function ToastRegion({ children }: { readonly children?: ReactNode }) {
  const toasts = useToasts((state) => state.toasts);
  return (
    <section className="toasts" aria-label="Messages" aria-live="polite">
      {toasts.map((entry) => (
        <ToastCard key={entry.id} entry={entry} />
      ))}
      {children}
    </section>
  );
}

const ICONS = { done: Check, note: Info, error: TriangleAlert };

function ToastCard({ entry }: { readonly entry: Toast }) {
  const [pointed, setPointed] = useState(false);
  const [focused, setFocused] = useState(false);
  const held = pointed || focused;
  const left = useRef(STAY_MS);
  const stays = entry.kind === 'error' || entry.stay === true;
  useEffect(() => {
    if (stays || held) return undefined;
    const begun = Date.now();
    const timer = window.setTimeout(() => dismissToast(entry.id), left.current);
    return () => {
      window.clearTimeout(timer);
      left.current = Math.max(1500, left.current - (Date.now() - begun));
    };
  }, [entry.id, stays, held]);
  const Icon = ICONS[entry.kind];
  return (
    <div
      className={`toast toast-${entry.kind}`}
      data-surface="raised"
      role={entry.kind === 'error' ? 'alert' : undefined}
      onPointerEnter={() => setPointed(true)}
      onPointerLeave={() => setPointed(false)}
      onFocus={() => setFocused(true)}
      onBlur={() => setFocused(false)}
    >
      <Icon className="icon toast-icon" size={16} aria-hidden />
      <div className="toast-words">
        <p className="toast-title">{entry.title}</p>
        {entry.text !== undefined && entry.text !== '' && <p className="toast-text">{entry.text}</p>}
      </div>
      {entry.detail !== undefined && <CopyButton text={`${entry.title}\n${entry.detail}`} />}
      {entry.action !== undefined && (
        <Button
          look="link"
          onClick={() => {
            // closed first, so that a dialog gives the focus back to something that is still there
            dismissToast(entry.id);
            window.setTimeout(() => entry.action?.run(), AFTER_CLOSE_MS);
          }}
        >
          {entry.action.label}
        </Button>
      )}
      <IconButton icon={X} size="small" label="Close message" onClick={() => dismissToast(entry.id)} />
    </div>
  );
}

function CopyButton({ text }: { readonly text: string }) {
  return (
    <Button look="link" onClick={() => void copyText(text)}>
      Copy details
    </Button>
  );
}
