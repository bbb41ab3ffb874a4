import { useEffect } from 'react';
import { create } from 'zustand';
import { toast } from '../state/toasts.ts';
import { capabilities } from './capabilities.ts';
import { openFolder } from './engine-events.ts';

/** Whether files are held over the window now. */
export const useDropping = create<{ readonly over: boolean }>(() => ({ over: false }));

const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') === true;
const setOver = (over: boolean) => useDropping.getState().over !== over && useDropping.setState({ over });

function open(files: FileList | undefined): void {
  const file = files?.[0];
  if (file === undefined || files === undefined) return;
  const { pathOfFile } = capabilities;
  if (pathOfFile === null) {
    toast({
      kind: 'error',
      title: 'A browser does not say where a dropped folder is',
      text: 'Nothing was opened. Open it by its path with Open folder, or start Vekscope with it.',
    });
    return;
  }
  if (files.length > 1) {
    toast({
      kind: 'error',
      title: `${files.length} things were dropped, and one can be opened`,
      text: 'Nothing was opened. Drop one folder, a .vek folder, or a vek.db.',
    });
    return;
  }
  void openFolder(pathOfFile(file));
}

function onOver(event: DragEvent): void {
  if (!hasFiles(event)) return;
  event.preventDefault();
  setOver(true);
}

function onLeave(event: DragEvent): void {
  if (event.relatedTarget === null) setOver(false);
}

function onDrop(event: DragEvent): void {
  setOver(false);
  if (!hasFiles(event)) return;
  // else the browser would leave the window for the file
  event.preventDefault();
  open(event.dataTransfer?.files);
}

/** Opens what is dropped anywhere on the window. */
export function useFileDrop(): void {
  useEffect(() => {
    window.addEventListener('dragover', onOver);
    window.addEventListener('dragleave', onLeave);
    window.addEventListener('drop', onDrop);
    return () => {
      window.removeEventListener('dragover', onOver);
      window.removeEventListener('dragleave', onLeave);
      window.removeEventListener('drop', onDrop);
    };
  }, []);
}
