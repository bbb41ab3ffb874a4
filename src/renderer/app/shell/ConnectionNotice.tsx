import { Unplug } from 'lucide-react';
import { useConnection } from '../../state/connection.ts';
import { Button } from '../../ui/button/Button.tsx';
import type { ConnectionState } from '../client.ts';
import { client } from '../engine.ts';
import { useNow } from '../hooks.ts';

/** Says beside the messages, without moving anything, that the engine can't be reached and what happens next. */
export function ConnectionNotice() {
  const connection = useConnection((state) => state.connection);
  const begun = useConnection((state) => state.host !== null);
  if (connection.state !== 'disconnected' || !begun) return null;
  return (
    <div className="toast connection-notice" role="alert" data-surface="raised">
      <Unplug className="icon" size={16} aria-hidden />
      <p>
        <strong>Not connected.</strong> What you see is as it was; nothing is lost.{' '}
        <RetryWords connection={connection} />
      </p>
      <Button size="small" onClick={client.connect}>
        Connect now
      </Button>
    </div>
  );
}

type Lost = Extract<ConnectionState, { state: 'disconnected' }>;

/** After so many attempts it is likely that the server was started again, with another token. */
const MANY_ATTEMPTS = 3;

/** Why that may be, and when the next attempt comes. */
export function RetryWords({ connection }: { readonly connection: Lost }) {
  const { retryAt, attempts } = connection;
  const now = useNow(retryAt === null ? null : 500);
  if (retryAt === null) return <span>The engine has ended. Connect now starts it again.</span>;
  const seconds = Math.max(0, Math.ceil((retryAt - now) / 1000));
  return (
    <span>
      {attempts >= MANY_ATTEMPTS &&
        'If the server was started again, open the address that it prints: each start has its own. '}
      {seconds === 0 ? 'Trying again.' : `Trying again in ${seconds} s.`}
    </span>
  );
}
