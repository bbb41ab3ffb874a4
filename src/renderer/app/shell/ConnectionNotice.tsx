import { Unplug } from 'lucide-react';
import { useConnection } from '../../state/connection.ts';
import { Button } from '../../ui/button/Button.tsx';
import { client } from '../engine.ts';
import { useNow } from '../hooks.ts';

/** Says over the window, without moving anything, that the engine can't be reached and what happens next. */
export function ConnectionNotice() {
  const connection = useConnection((state) => state.connection);
  if (connection.state !== 'disconnected') return null;
  return (
    <div className="connection-notice" role="alert" data-surface="raised">
      <Unplug className="icon" size={16} aria-hidden />
      <p>
        <strong>Not connected.</strong> What you see is as it was; nothing is lost.{' '}
        <RetryWords at={connection.retryAt} />
      </p>
      <Button size="small" onClick={client.connect}>
        Connect now
      </Button>
    </div>
  );
}

/** When the next attempt comes, in words. */
export function RetryWords({ at }: { readonly at: number | null }) {
  const now = useNow(at === null ? null : 500);
  if (at === null) return <span>The engine has ended. Connect now starts it again.</span>;
  const seconds = Math.max(0, Math.ceil((at - now) / 1000));
  return <span>{seconds === 0 ? 'Trying again.' : `Trying again in ${seconds} s.`}</span>;
}
