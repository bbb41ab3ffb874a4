import type { HostInfo } from '../../../contract/workspace.ts';
import { useNow } from '../../app/hooks.ts';
import { copyLog, showLog } from '../../app/log-file.ts';
import { useConnection } from '../../state/connection.ts';
import { closeOverlay, useOverlays } from '../../state/overlays.ts';
import { FONT_SIZES, resetSettings, setSettings, setTheme, useSettings } from '../../state/settings.ts';
import { Button } from '../../ui/button/Button.tsx';
import { Dialog } from '../../ui/dialog/Dialog.tsx';
import { Checkbox } from '../../ui/field/Checkbox.tsx';
import { formatDateTime } from '../../ui/format.ts';
import { Segmented } from '../../ui/segmented/Segmented.tsx';
import { Stepper } from '../../ui/stepper/Stepper.tsx';
import { setWrap, useWrap } from '../node/wrap.ts';
import { ZoneField } from './ZoneField.tsx';
import './settings.css';

/** What a person may set for the window. Takes effect at once and is kept in the app folder. */
export function SettingsDialog() {
  const open = useOverlays((state) => state.overlay === 'settings');
  const host = useConnection((state) => state.host);
  return (
    <Dialog
      open={open}
      onClose={closeOverlay}
      title="Settings"
      width={520}
      actions={
        <>
          <Button look="quiet" className="settings-reset" onClick={resetAll}>
            Reset to defaults
          </Button>
          <Button onClick={closeOverlay}>Close</Button>
        </>
      }
    >
      <div className="settings">
        <Look />
        <Fonts />
        <Views />
        {host !== null && <About host={host} />}
      </div>
    </Dialog>
  );
}

function resetAll(): void {
  resetSettings();
  setWrap(true);
}

function Look() {
  const { theme, density } = useSettings();
  return (
    <section aria-labelledby="settings-look">
      <h3 id="settings-look">Look</h3>
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
        label="Density"
        value={density}
        onChange={(next) => setSettings({ density: next })}
        options={[
          { value: 'compact', label: 'Compact' },
          { value: 'comfortable', label: 'Comfortable' },
        ]}
      />
      <p className="settings-hint">Motion follows the system’s setting for reduced motion.</p>
    </section>
  );
}

function Fonts() {
  const { uiFont, uiSize, codeFont, codeSize } = useSettings();
  return (
    <section aria-labelledby="settings-fonts">
      <h3 id="settings-fonts">Fonts</h3>
      <Segmented
        label="Interface"
        value={uiFont}
        onChange={(next) => setSettings({ uiFont: next })}
        options={[
          { value: 'inter', label: 'Inter' },
          { value: 'system', label: 'System' },
        ]}
      />
      <Stepper
        label="Interface size"
        unit="px"
        value={uiSize}
        min={FONT_SIZES.uiSize[0]}
        max={FONT_SIZES.uiSize[1]}
        onChange={(next) => setSettings({ uiSize: next })}
      />
      <Segmented
        label="Code"
        value={codeFont}
        onChange={(next) => setSettings({ codeFont: next })}
        options={[
          { value: 'jetbrains', label: 'JetBrains Mono' },
          { value: 'system', label: 'System' },
        ]}
      />
      <Stepper
        label="Code size"
        unit="px"
        value={codeSize}
        min={FONT_SIZES.codeSize[0]}
        max={FONT_SIZES.codeSize[1]}
        onChange={(next) => setSettings({ codeSize: next })}
      />
    </section>
  );
}

function Views() {
  const { minimap, time } = useSettings();
  const wrap = useWrap();
  const now = useNow(1000);
  return (
    <section aria-labelledby="settings-views">
      <h3 id="settings-views">Views</h3>
      <ZoneField />
      <p className="settings-hint">Now it is {formatDateTime(now * 1000, time)}.</p>
      <div className="settings-checks">
        <Checkbox checked={wrap} onChange={setWrap} label="Wrap long lines of contents" />
        <Checkbox
          checked={minimap}
          onChange={(next) => setSettings({ minimap: next })}
          label="Show the minimap beside the graph"
        />
      </div>
    </section>
  );
}

function About({ host }: { readonly host: HostInfo }) {
  return (
    <section aria-labelledby="settings-log">
      <h3 id="settings-log">Log and data</h3>
      <p className="settings-note">
        The log is for bug reports. It holds events, counts and versions, and no contents, names or paths of
        stores.
      </p>
      <div className="settings-buttons">
        <Button size="small" onClick={() => void showLog()}>
          Show log
        </Button>
        <Button size="small" onClick={() => void copyLog()}>
          Copy log
        </Button>
      </div>
      <p className="settings-note">
        Vekscope {host.version}. Settings, layout, recent folders and the log are kept in{' '}
        <bdi className="settings-path">{host.dataDir}</bdi>, never in a repository.
      </p>
    </section>
  );
}
