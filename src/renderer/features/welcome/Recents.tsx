import { Folder, Search, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Recent } from '../../../contract/workspace.ts';
import { transportFailure } from '../../app/client.ts';
import { api } from '../../app/engine.ts';
import { openFolder } from '../../app/engine-events.ts';
import { useNow } from '../../app/hooks.ts';
import { useSettings } from '../../state/settings.ts';
import { toastFailure } from '../../state/toasts.ts';
import { useWorkspaceStore } from '../../state/workspace.ts';
import { IconButton } from '../../ui/button/Button.tsx';
import { TextField } from '../../ui/field/TextField.tsx';
import { formatDateTime, formatDay } from '../../ui/format.ts';
import { SkeletonRows } from '../../ui/skeleton/Skeleton.tsx';

/** The folders opened before, newest first, each with its state; those that can't be opened say why. */
export function Recents() {
  const [recents, setRecents] = useState<readonly Recent[] | null>(null);
  const [filter, setFilter] = useState('');
  useEffect(() => {
    let here = true;
    api.app
      .recents()
      .then((list) => here && setRecents(list))
      .catch((error: unknown) => {
        if (!here) return;
        setRecents([]);
        toastFailure(transportFailure(error));
      });
    return () => {
      here = false;
    };
  }, []);
  const wanted = filter.trim().toLowerCase();
  const shown = recents?.filter((recent) => recent.path.toLowerCase().includes(wanted)) ?? [];
  const forget = (path: string) => {
    api.app
      .forgetRecent({ path })
      .then(setRecents)
      .catch((error: unknown) => toastFailure(transportFailure(error)));
  };
  return (
    <section className="recents" aria-labelledby="recents-title">
      <div className="recents-head">
        <h2 id="recents-title">Recent</h2>
        {recents !== null && recents.length > 3 && (
          <TextField
            label="Filter recent folders"
            hideLabel
            placeholder="Filter"
            icon={Search}
            value={filter}
            onChange={setFilter}
          />
        )}
      </div>
      {recents === null && <SkeletonRows rows={3} label="Reading recent folders" />}
      {recents?.length === 0 && <p className="roots-note">Folders that you open appear here.</p>}
      {recents !== null && recents.length > 0 && shown.length === 0 && (
        <p className="roots-note">No recent folder matches “{filter}”.</p>
      )}
      <ul className="folder-list">
        {shown.map((recent) => (
          <RecentRow key={recent.path} recent={recent} onForget={forget} />
        ))}
      </ul>
    </section>
  );
}

type RecentRowProps = { readonly recent: Recent; readonly onForget: (path: string) => void };

function RecentRow({ recent, onForget }: RecentRowProps) {
  const busy = useWorkspaceStore((state) => state.opening !== null);
  const zone = useSettings((state) => state.time);
  const now = useNow(60_000);
  return (
    <li className="recent">
      <button
        type="button"
        className="folder-row"
        disabled={!recent.open || busy}
        title={recent.path}
        onClick={() => void openFolder(recent.path)}
      >
        <Folder className="icon" size={14} aria-hidden />
        <span className="folder-words">
          <span className="folder-line">
            <bdi className="folder-name truncate">{recent.name}</bdi>
            {recent.why !== null && <span className="folder-why">{recent.why}</span>}
          </span>
          <bdi className="folder-path truncate">{recent.path}</bdi>
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
