import { Eye, FolderOpen, LockKeyhole, Play, Undo2 } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { HostInfo } from '../../../contract/workspace.ts';
import { openSample } from '../../app/engine-events.ts';
import { chooseFolder } from '../../app/folders.ts';
import { REOPEN_KEYS } from '../../app/global-keys.ts';
import { Logo } from '../../app/shell/Logo.tsx';
import { WindowBar } from '../../app/shell/MenuButton.tsx';
import { ThemeToggle } from '../../app/shell/TitleBar.tsx';
import { showOverlay } from '../../state/overlays.ts';
import { useSettings } from '../../state/settings.ts';
import { useWorkspaceStore } from '../../state/workspace.ts';
import { Button } from '../../ui/button/Button.tsx';
import { Kbd } from '../../ui/kbd/Kbd.tsx';
import { DropTarget } from './DropTarget.tsx';
import { OpenFailure } from './OpenFailure.tsx';
import { Recents } from './Recents.tsx';
import { Roots } from './Roots.tsx';
import './welcome.css';

/** The first view: open a folder, the sample, what was open before, what Vekscope promises, the keys. */
export function Welcome({ host }: { readonly host: HostInfo }) {
  const opening = useWorkspaceStore((state) => state.opening);
  const failure = useWorkspaceStore((state) => state.openFailure);
  const theme = useSettings((state) => state.theme);
  const main = useRef<HTMLElement>(null);
  useEffect(() => {
    // a folder that was closed took the focus with it; a palette that still closes gives its own to nothing after that
    const take = () => {
      if (document.activeElement === document.body) main.current?.focus();
    };
    take();
    const later = window.setTimeout(take, 250);
    return () => window.clearTimeout(later);
  }, []);
  return (
    <main ref={main} tabIndex={-1} className="welcome" data-key-scope="welcome" data-key-default>
      <WindowBar />
      <div className="welcome-page">
        <header className="welcome-head">
          <Logo size={40} />
          <div>
            <h1>Vekscope</h1>
            <p>See what your agents did, what it cost, and whether the record holds.</p>
          </div>
        </header>
        <div className="welcome-columns">
          <div className="welcome-start">
            <Button
              look="primary"
              size="large"
              icon={FolderOpen}
              end={<Kbd keys="mod+o" />}
              disabled={opening !== null}
              onClick={() => void chooseFolder()}
            >
              Open folder…
            </Button>
            {host.sample !== null && (
              <Button size="large" icon={Play} disabled={opening !== null} onClick={() => void openSample()}>
                Open the sample workspace
              </Button>
            )}
            <DropTarget />
            <output className="welcome-opening">{opening !== null && <OpeningWords path={opening} />}</output>
            {failure !== null && <OpenFailure path={failure.path} error={failure.error} />}
            <ul className="welcome-promises">
              <Promise icon={Eye} title="Looking changes nothing">
                Stores are opened read-only. Not a byte is written until you ask.
              </Promise>
              <Promise icon={LockKeyhole} title="Nothing leaves this machine">
                No account, no telemetry, no network.
              </Promise>
              <Promise icon={Undo2} title="Every write can be undone">
                Previewed first, recorded, reversible.
              </Promise>
            </ul>
          </div>
          <div className="welcome-side">
            {host.roots !== null && <Roots roots={host.roots} />}
            <Recents />
            <dl className="welcome-keys">
              <KeyHint label="Search and commands" keys="mod+k" />
              <KeyHint label="All keys" keys="?" />
              <KeyHint label="Reopen the last folder" keys={REOPEN_KEYS} />
              <KeyHint label="Settings" keys="mod+," />
            </dl>
          </div>
        </div>
      </div>
      <footer className="welcome-foot">
        <span>Version {host.version}</span>
        <span className="welcome-theme">
          <ThemeToggle />
          <Button look="quiet" size="small" onClick={() => showOverlay('settings')}>
            {theme === 'system' ? 'Theme follows the system' : `Theme is ${theme}`}
          </Button>
        </span>
      </footer>
    </main>
  );
}

function OpeningWords({ path }: { readonly path: string }) {
  return path === 'sample' ? (
    'Opening the sample'
  ) : (
    <>
      Opening <bdi>{path}</bdi>
    </>
  );
}

type PromiseProps = { readonly icon: LucideIcon; readonly title: string; readonly children: string };

function Promise({ icon: Icon, title, children }: PromiseProps) {
  return (
    <li>
      <Icon className="icon" size={14} aria-hidden />
      <div>
        <h2>{title}</h2>
        <p>{children}</p>
      </div>
    </li>
  );
}

function KeyHint({ label, keys }: { readonly label: string; readonly keys: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        <Kbd keys={keys} />
      </dd>
    </div>
  );
}
