import { closeOverlay, useOverlays } from '../../state/overlays.ts';
import { Dialog } from '../../ui/dialog/Dialog.tsx';
import { listShortcuts } from '../../ui/keyboard.ts';
import { Kbd } from '../../ui/kbd/Kbd.tsx';
import './help.css';

/** Every key that works now, by where it works. */
export function ShortcutsSheet() {
  const open = useOverlays((state) => state.overlay === 'shortcuts');
  return (
    <Dialog open={open} onClose={closeOverlay} title="Keys" width={648}>
      <div className="keys">
        {listShortcuts().map((group) => (
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
    </Dialog>
  );
}
