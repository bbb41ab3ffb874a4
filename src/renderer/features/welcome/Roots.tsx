import { Folder } from 'lucide-react';
import { openFolder } from '../../app/engine-events.ts';
import { useWorkspaceStore } from '../../state/workspace.ts';
import { baseName } from '../../ui/format.ts';

export type RootsProps = {
  readonly roots: readonly string[];
  /** runs once one of them is open */
  readonly onOpened?: () => void;
};

/** The folders that this server may open, since a browser has no dialog for folders. */
export function Roots({ roots, onOpened }: RootsProps) {
  const busy = useWorkspaceStore((state) => state.opening !== null);
  return (
    <section className="roots" aria-labelledby="roots-title">
      <h2 id="roots-title">Folders of this server</h2>
      {roots.length === 0 ? (
        <p className="roots-note">
          This server was started without a folder, so it can open the sample only. Start it again with the
          folder to look at.
        </p>
      ) : (
        <ul className="folder-list">
          {roots.map((root) => (
            <li key={root}>
              <button
                type="button"
                className="folder-row"
                disabled={busy}
                title={root}
                onClick={() => void openFolder(root).then((open) => open && onOpened?.())}
              >
                <Folder className="icon" size={16} aria-hidden />
                <span className="folder-words">
                  <bdi className="folder-name truncate">{baseName(root)}</bdi>
                  <bdi className="folder-path truncate">{root}</bdi>
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
