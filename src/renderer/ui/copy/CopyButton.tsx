import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { copyText } from '../../app/capabilities.ts';
import { toastFailure } from '../../state/toasts.ts';
import { IconButton } from '../button/Button.tsx';

/** How long the button says that it has copied, in ms. */
const SAID_MS = 1500;

/** Copies a text, made when it is pressed, and says so for a moment; a refusal of the system is a message. */
export function CopyButton({ text, label }: { readonly text: () => string; readonly label: string }) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = window.setTimeout(() => setCopied(false), SAID_MS);
    return () => window.clearTimeout(timer);
  }, [copied]);
  const copy = async () => {
    const answer = await copyText(text());
    if (answer.ok) setCopied(true);
    else toastFailure(answer.error);
  };
  return (
    <IconButton
      icon={copied ? Check : Copy}
      size="small"
      label={copied ? 'Copied' : label}
      onClick={() => void copy()}
    />
  );
}
