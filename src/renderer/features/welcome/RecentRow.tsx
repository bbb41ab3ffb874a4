import { Database, X } from 'lucide-react';
import type { Recent } from '../../../contract/workspace.ts';
import { openFolder } from '../../app/engine-events.ts';
import { useNow } from '../../app/hooks.ts';
import { useSettings } from '../../state/settings.ts';
import { useWorkspaceStore } from '../../state/workspace.ts';
import { IconButton } from '../../ui/button/Button.tsx';
import { formatDateTime, formatDay } from '../../ui/format.ts';
import { visibleText } from '../../ui/visible-text.ts';

export type RecentRowProps = { readonly recent: Recent; readonly onForget: (path: string) => void };

/** A folder opened before: its name and state, where it is, what it holds, when it was last open. */
export function RecentRow({ recent, onForget }: RecentRowProps) {
  const busy = useWorkspaceStore((state) => state.opening !== null);
  const zone = useSettings((state) => state.time);
  const now = useNow(60_000);
  const blocked = !recent.open || busy;
  return (
    <li className="recent">
      <button
        type="button"
        className="folder-row"
        aria-disabled={blocked}
        data-path={recent.path}
        title={recent.why === null ? recent.path : `${recent.path}\n${recent.why}`}
        onClick={() => !blocked && void openFolder(recent.path)}
      >
        <Database className="icon" size={16} aria-hidden />
        <span className="folder-words">
          <span className="folder-line">
            <bdi className="folder-name truncate">{visibleText(recent.name)}</bdi>
            <RecentState recent={recent} />
          </span>
          <bdi className="folder-path truncate">{visibleText(recent.path)}</bdi>
        </span>
        <span className="folder-summary truncate" title={recent.summary}>
          {recent.summary}
        </span>
        <time
          className="folder-time"
          title={formatDateTime(recent.openedAtMicros, zone)}
          dateTime={new Date(recent.openedAtMicros / 1000).toISOString()}
        >
          {formatDay(recent.openedAtMicros, now * 1000, zone)}
        </time>
      </button>
      <IconButton
        icon={X}
        size="small"
        className="recent-forget"
        label={`Take ${recent.name} off this list`}
        onClick={() => onForget(recent.path)}
      />
    </li>
  );
}

function RecentState({ recent }: { readonly recent: Recent }) {
  if (recent.why !== null) return <span className="folder-why truncate">{recent.why}</span>;
  return (
    <>
      {recent.damaged && <span className="folder-bad">damaged</span>}
      {recent.changing && (
        <span className="folder-live">
          <span className="live-dot" aria-hidden />
          changing
        </span>
      )}
    </>
  );
}
