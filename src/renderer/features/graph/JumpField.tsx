import { Hash } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { TextField } from '../../ui/field/TextField.tsx';

type Props = {
  /** goes to the call; returns what went wrong in words, or null */
  readonly onJump: (prefix: string) => Promise<string | null>;
  readonly onClose: () => void;
};

/** A small field over the rows: the first digits of a hash, Enter goes there, Esc leaves. */
export function JumpField({ onJump, onClose }: Props) {
  const [text, setText] = useState('');
  const [error, setError] = useState<string | null>(null);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);

  const submit = async () => {
    const prefix = text.trim().replace(/^#/, '').toLowerCase();
    if (prefix === '') return;
    const wrong = await onJump(prefix);
    if (wrong === null) onClose();
    else setError(wrong);
  };
  return (
    <div className="g-jump" data-surface="raised">
      <TextField
        ref={field}
        label="Go to the call whose hash begins with"
        hideLabel
        placeholder="hash begins with…"
        icon={Hash}
        mono
        maxLength={64}
        value={text}
        error={error}
        onChange={(next) => {
          setText(next);
          setError(null);
        }}
        onBlur={onClose}
        onKeyDown={(event) => {
          if (event.key === 'Enter') {
            event.preventDefault();
            void submit();
          } else if (event.key === 'Escape') {
            event.preventDefault();
            event.stopPropagation();
            onClose();
          }
        }}
      />
    </div>
  );
}
