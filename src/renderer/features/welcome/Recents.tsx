import { Search } from 'lucide-react';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Recent } from '../../../contract/workspace.ts';
import { transportFailure } from '../../app/client.ts';
import { api } from '../../app/engine.ts';
import { readRecents } from '../../app/recents.ts';
import { toastFailure } from '../../state/toasts.ts';
import { TextField } from '../../ui/field/TextField.tsx';
import { useShortcuts } from '../../ui/keyboard.ts';
import { SkeletonRows } from '../../ui/skeleton/Skeleton.tsx';
import { RecentRow } from './RecentRow.tsx';

/** How often the list asks which of its folders change now, in ms. */
const RENEW_MS = 3000;

/**
 * The folders opened before, newest first, each with its state; those that can't be opened say why. Up and Down move
 * along them, Enter opens, Delete takes one off the list.
 */
export function Recents() {
  const [recents, setRecents] = useState<readonly Recent[] | null>(null);
  const [filter, setFilter] = useState('');
  const list = useRef<HTMLUListElement>(null);
  const refocus = useRef<{ readonly at: number; readonly of: number } | null>(null);
  useEffect(() => {
    let here = true;
    void readRecents().then((read) => here && setRecents(read ?? []));
    const timer = window.setInterval(() => {
      if (document.hidden) return;
      // a lost connection says so itself, and the list stays as it was
      api.app.recents().then(
        (read) => here && setRecents(read),
        () => undefined,
      );
    }, RENEW_MS);
    return () => {
      here = false;
      window.clearInterval(timer);
    };
  }, []);
  // the row that had the focus is gone: the next one takes it
  useLayoutEffect(() => {
    const rows = rowsOf(list.current);
    if (refocus.current === null || rows.length === refocus.current.of) return;
    rows[Math.min(refocus.current.at, rows.length - 1)]?.focus();
    refocus.current = null;
  });
  const wanted = filter.trim().toLowerCase();
  const shown = recents?.filter((recent) => recent.path.toLowerCase().includes(wanted)) ?? [];
  const forget = async (path: string) => {
    const rows = rowsOf(list.current);
    const at = rows.findIndex((row) => row.dataset['path'] === path);
    try {
      const left = await api.app.forgetRecent({ path });
      refocus.current = { at, of: rows.length };
      setRecents(left);
    } catch (error) {
      toastFailure(transportFailure(error));
    }
  };
  const move = (steps: number) => {
    const rows = rowsOf(list.current);
    const at = rows.findIndex((row) => row === document.activeElement);
    rows[at < 0 ? 0 : Math.max(0, Math.min(rows.length - 1, at + steps))]?.focus();
  };
  const focusedPath = () =>
    rowsOf(list.current).find((row) => row === document.activeElement)?.dataset['path'];
  useShortcuts({ name: 'welcome', label: 'Welcome' }, [
    { keys: 'ArrowDown', label: 'Next recent folder', fields: true, run: () => move(1) },
    { keys: 'ArrowUp', label: 'Previous recent folder', fields: true, run: () => move(-1) },
    {
      keys: 'Delete',
      label: 'Take the folder off the list',
      when: () => focusedPath() !== undefined,
      run: () => {
        const path = focusedPath();
        if (path !== undefined) void forget(path);
      },
    },
  ]);
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
      <ul ref={list} className="folder-list">
        {shown.map((recent) => (
          <RecentRow key={recent.path} recent={recent} onForget={(path) => void forget(path)} />
        ))}
      </ul>
    </section>
  );
}

const rowsOf = (list: HTMLElement | null): readonly HTMLElement[] => [
  ...(list?.querySelectorAll<HTMLElement>('.folder-row') ?? []),
];
