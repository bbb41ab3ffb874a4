import { keyNames } from '../keyboard.ts';
import './kbd.css';

/** The keys of a shortcut such as `mod+k`, drawn beside the action's label. */
export function Kbd({ keys }: { readonly keys: string }) {
  return (
    <span className="kbds">
      {keyNames(keys).map((name) => (
        <kbd key={name} className="kbd">
          {name}
        </kbd>
      ))}
    </span>
  );
}
