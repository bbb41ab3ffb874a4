import { Download } from 'lucide-react';
import { useEffect, useState } from 'react';
import { capabilities } from '../../app/capabilities.ts';
import { openFolder } from '../../app/engine-events.ts';

/** Where a folder can be dropped; the whole window takes it. Only where the host tells the path of a dropped file. */
export function DropTarget() {
  const [over, setOver] = useState(false);
  useEffect(() => {
    const onOver = (event: DragEvent) => {
      event.preventDefault();
      setOver(true);
    };
    const onLeave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false);
    };
    const onDrop = (event: DragEvent) => {
      event.preventDefault();
      setOver(false);
      const file = event.dataTransfer?.files[0];
      const path = file === undefined ? undefined : capabilities.pathOfFile?.(file);
      if (path !== undefined && path !== '') void openFolder(path);
    };
    window.addEventListener('dragover', onOver);
    window.addEventListener('dragleave', onLeave);
    window.addEventListener('drop', onDrop);
    return () => {
      window.removeEventListener('dragover', onOver);
      window.removeEventListener('dragleave', onLeave);
      window.removeEventListener('drop', onDrop);
    };
  }, []);
  return (
    <div className={`drop ${over ? 'drop-over' : ''}`}>
      <Download className="icon" size={16} aria-hidden />
      <p className="drop-title">Drop a folder here</p>
      <p>a folder with .vek in it, or .vek itself</p>
    </div>
  );
}
