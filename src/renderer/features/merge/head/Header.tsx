import { ListChecks } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '../../../ui/button/Button.tsx';
import { Menu } from '../../../ui/menu/Menu.tsx';
import { Segmented } from '../../../ui/segmented/Segmented.tsx';
import { useScene } from '../state/scene.ts';
import { patchWork } from '../state/work.ts';
import { allEntries } from './all-entries.ts';
import { Progress } from './Progress.tsx';

const MODES = [
  { value: 'cards', label: 'Cards' },
  { value: 'panes', label: 'Four panes' },
] as const;

type HeaderProps = {
  readonly mode: 'cards' | 'panes';
  /** nothing is to be resolved any more */
  readonly over: boolean;
  /** what is merged */
  readonly children: ReactNode;
};

/** What is merged, how far it has come, and in which form it is shown. */
export function Header({ mode, over, children }: HeaderProps) {
  const { key, loaded, names, fixed } = useScene();
  const { session } = loaded;
  return (
    <header className="mg-head">
      <div className="mg-titles">{children}</div>
      {!over && (
        <>
          <Progress open={session.open} contested={session.contested} />
          <Segmented
            label="Shown as"
            value={mode}
            options={MODES}
            onChange={(next) => patchWork(key, { mode: next })}
          />
          <Menu
            align="end"
            entries={() => allEntries(key, loaded, names)}
            trigger={
              <Button icon={ListChecks} disabled={fixed || session.open === 0}>
                Resolve all open
              </Button>
            }
          />
        </>
      )}
    </header>
  );
}
