import { useState, type FormEvent } from 'react';
import { openFolder } from '../../app/engine-events.ts';
import { useConnection } from '../../state/connection.ts';
import { closeOverlay, useOverlays } from '../../state/overlays.ts';
import { useWorkspaceStore } from '../../state/workspace.ts';
import { Button } from '../../ui/button/Button.tsx';
import { Dialog } from '../../ui/dialog/Dialog.tsx';
import { TextField } from '../../ui/field/TextField.tsx';
import { OpenFailure } from './OpenFailure.tsx';
import { Roots } from './Roots.tsx';
import './welcome.css';

/** How a browser opens a folder: the server's folders to choose from, or a path inside them. */
export function OpenFolderDialog() {
  const open = useOverlays((state) => state.overlay === 'open-folder');
  const host = useConnection((state) => state.host);
  if (host === null) return null;
  return (
    <Dialog
      open={open}
      onClose={closeOverlay}
      title="Open a folder"
      description={
        host.roots === null
          ? 'A browser can’t show the folders of this machine. Type the path of one, or of a ledger’s file.'
          : 'This window runs in a browser, and its server opens only the folders it was started with, and what is inside them.'
      }
    >
      <PathForm roots={host.roots} />
    </Dialog>
  );
}

function PathForm({ roots }: { readonly roots: readonly string[] | null }) {
  const [path, setPath] = useState(roots?.[0] ?? '');
  const opening = useWorkspaceStore((state) => state.opening);
  const failure = useWorkspaceStore((state) => state.openFailure);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void openFolder(path).then((open) => open && closeOverlay());
  };
  return (
    <div className="open-folder">
      {roots !== null && <Roots roots={roots} onOpened={closeOverlay} />}
      <form className="open-form" onSubmit={submit}>
        <TextField label="Path of the folder" value={path} onChange={setPath} mono />
        <Button type="submit" look="primary" disabled={path.trim() === '' || opening !== null}>
          {opening === null ? 'Open' : 'Opening'}
        </Button>
      </form>
      {failure !== null && <OpenFailure path={failure.path} error={failure.error} />}
    </div>
  );
}
