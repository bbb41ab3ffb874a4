import { Download } from 'lucide-react';
import { capabilities } from '../../app/capabilities.ts';
import { useDropping } from '../../app/drop.ts';

/** Where a folder can be dropped; the whole window takes it. In a browser it says why it can't be. */
export function DropTarget() {
  const over = useDropping((state) => state.over);
  if (capabilities.pathOfFile === null) {
    return (
      <p className="drop-note">
        Dropping a folder works in the desktop program: a browser does not say where it is.
      </p>
    );
  }
  return (
    <div className={`drop ${over ? 'drop-over' : ''}`}>
      <Download className="icon" size={20} aria-hidden />
      <p className="drop-title">Drop a folder or file here</p>
      <p>a folder with .vek, agents or aex.db in it, or one of these</p>
    </div>
  );
}
