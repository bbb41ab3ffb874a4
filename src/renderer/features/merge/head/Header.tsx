import { ListChecks } from 'lucide-react';
import { openNodeTab } from '../../../state/tabs.ts';
import { RefBadge } from '../../../ui/badge/Badge.tsx';
import { Button } from '../../../ui/button/Button.tsx';
import { formatCount, formatCounted, shortHash } from '../../../ui/format.ts';
import { Menu } from '../../../ui/menu/Menu.tsx';
import { MiddleText } from '../../../ui/middle/MiddleText.tsx';
import { Segmented } from '../../../ui/segmented/Segmented.tsx';
import { visibleText } from '../../../ui/visible-text.ts';
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
};

/** Which branches are merged, from where on, how far it has come, and in which form it is shown. */
export function Header({ mode, over }: HeaderProps) {
  const { key, source, loaded, names, fixed } = useScene();
  const { preview, session } = loaded;
  const { into, from } = preview;
  return (
    <header className="mg-head">
      <div className="mg-titles">
        <h2 className="mg-title">
          Merge{' '}
          <RefBadge
            badge={{
              kind: 'branch',
              name: from.name,
              label: from.name,
              head: from.head,
              colour: from.colour,
            }}
          />{' '}
          <span className="mg-into">into</span>{' '}
          <RefBadge
            badge={{
              kind: 'branch',
              name: into.name,
              label: into.name,
              head: into.head,
              colour: into.colour,
            }}
          />
        </h2>
        <p className="mg-since">
          {preview.unrelated || preview.bases.length === 0 ? (
            'They have no common call; '
          ) : (
            <>
              {preview.bases.length === 1
                ? 'From their last common call '
                : `From ${formatCount(preview.bases.length)} common calls, merged first: `}
              {preview.bases.slice(0, 3).map((base, index) => (
                <span key={base.hash}>
                  {index > 0 && ', '}
                  <button
                    type="button"
                    className="hash hash-link"
                    title={base.hash}
                    onClick={() => openNodeTab(source, base.hash, visibleText(base.tool ?? 'call'))}
                  >
                    {shortHash(base.hash)}
                  </button>
                </span>
              ))}
              ,{' '}
            </>
          )}
          {formatCounted(into.calls, 'call')} on <MiddleText text={names.ours.name} /> and{' '}
          {formatCount(from.calls)} on <MiddleText text={names.theirs.name} />
        </p>
      </div>
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
