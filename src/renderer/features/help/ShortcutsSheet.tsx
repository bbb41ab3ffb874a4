import { Search } from 'lucide-react';
import { useRef, useState, type RefObject } from 'react';
import { closeOverlay, useOverlays } from '../../state/overlays.ts';
import { Dialog } from '../../ui/dialog/Dialog.tsx';
import { TextField } from '../../ui/field/TextField.tsx';
import { keyNames, listShortcuts } from '../../ui/keyboard.ts';
import { Kbd } from '../../ui/kbd/Kbd.tsx';
import './help.css';

/** Every key that works now, by where it works; found by what it does or by its name. */
export function ShortcutsSheet() {
  const open = useOverlays((state) => state.overlay === 'shortcuts');
  const field = useRef<HTMLInputElement>(null);
  return (
    <Dialog open={open} onClose={closeOverlay} title="Keys" width={648} initialFocus={field}>
      <Keys fieldRef={field} />
    </Dialog>
  );
}

function Keys({ fieldRef }: { readonly fieldRef: RefObject<HTMLInputElement | null> }) {
  const [filter, setFilter] = useState('');
  const wanted = filter.trim().toLowerCase();
  const groups = listShortcuts().flatMap((group) => {
    const shortcuts = group.shortcuts.filter(({ label, keys }) =>
      `${label} ${keys.map((key) => keyNames(key).join(' ')).join(' ')}`.toLowerCase().includes(wanted),
    );
    return shortcuts.length === 0 ? [] : [{ label: group.label, shortcuts }];
  });
  return (
    <>
      <TextField
        ref={fieldRef}
        label="Find a key by what it does"
        hideLabel
        placeholder="Find a key by what it does, or by its name"
        icon={Search}
        value={filter}
        onChange={setFilter}
      />
      {groups.length === 0 && <p className="keys-none">No key does this.</p>}
      <div className="keys">
        {groups.map((group) => (
          <section key={group.label}>
            <h3>{group.label}</h3>
            <dl>
              {group.shortcuts.map((shortcut) => (
                <div key={shortcut.label}>
                  <dt>{shortcut.label}</dt>
                  <dd>
                    {shortcut.keys.map((keys) => (
                      <Kbd key={keys} keys={keys} />
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </>
  );
}
