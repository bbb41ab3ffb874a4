import { useConnection } from '../../state/connection.ts';
import { closeOverlay, useOverlays } from '../../state/overlays.ts';
import { setTheme, setTime, useSettings } from '../../state/settings.ts';
import { Dialog } from '../../ui/dialog/Dialog.tsx';
import { Segmented } from '../../ui/segmented/Segmented.tsx';
import { zoneLabel } from '../../ui/format.ts';
import './settings.css';

/** What a person may set for the window. Takes effect at once and is kept in the app folder. */
export function SettingsDialog() {
  const open = useOverlays((state) => state.overlay === 'settings');
  const { theme, time } = useSettings();
  const host = useConnection((state) => state.host);
  return (
    <Dialog open={open} onClose={closeOverlay} title="Settings" width={440}>
      <div className="settings">
        <Segmented
          label="Theme"
          value={theme}
          onChange={setTheme}
          options={[
            { value: 'system', label: 'System' },
            { value: 'light', label: 'Light' },
            { value: 'dark', label: 'Dark' },
          ]}
        />
        <Segmented
          label="Times"
          value={time}
          onChange={setTime}
          options={[
            { value: 'local', label: `Local, ${zoneLabel('local')}` },
            { value: 'utc', label: 'UTC' },
          ]}
        />
        {host !== null && (
          <p className="settings-note">
            Vekscope {host.version}. Settings, layout and recent folders are kept in{' '}
            <bdi className="settings-path">{host.dataDir}</bdi>, never in a repository.
          </p>
        )}
      </div>
    </Dialog>
  );
}
