import { app } from 'electron';
import { LINK_SCHEME } from '../contract/link.ts';
import { readLink, readPath, type Wanted } from './arguments.ts';

/**
 * Hears the folders and links that the system hands over outside of the command line: macOS does so for what is
 * dropped on the dock and for links. `want` says whether there is a window for it; what comes before is kept, and
 * returned by the function that is returned.
 */
export function followSystem(want: (wanted: Wanted) => boolean): () => Wanted | null {
  let kept: Wanted | null = null;
  const take = (wanted: Wanted) => {
    if (!want(wanted) && wanted.kind !== 'bad') kept = wanted;
  };
  app.on('open-file', (event, path) => {
    event.preventDefault();
    take(readPath(path));
  });
  app.on('open-url', (event, link) => {
    event.preventDefault();
    take(readLink(link));
  });
  // from source it would register the bare runtime
  if (app.isPackaged) app.setAsDefaultProtocolClient(LINK_SCHEME.replace(':', ''));
  return () => kept;
}
