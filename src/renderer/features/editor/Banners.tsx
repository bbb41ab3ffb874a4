import { CircleDot, FilePen, FileWarning, Play, Users, type LucideIcon } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { AgentFileDetail } from '../../../contract/agent-files.ts';
import type { PromptEffect } from '../../../contract/drafts.ts';
import { keepNow } from '../../app/edits.ts';
import { activeSet, LOOSE, useEdits } from '../../state/edits.ts';
import { useSettings } from '../../state/settings.ts';
import { openFileMerge } from '../../state/tabs.ts';
import { Button } from '../../ui/button/Button.tsx';
import { formatDateTime } from '../../ui/format.ts';
import { visibleText } from '../../ui/visible-text.ts';
import { useScene } from '../agent/scene.ts';
import { discardFile } from '../change-sets/set-actions.ts';
import { DifferenceDialog } from './DifferenceDialog.tsx';
import { runningWords } from './running.ts';
import type { Editing } from './use-edit.ts';

type Props = {
  readonly file: AgentFileDetail;
  readonly editing: Editing;
  readonly prompts: readonly PromptEffect[];
  /** that the text is not saved stands in the line of tools, where it moves nothing */
  readonly beside: boolean;
};

/** What a person should know about the file while typing: where the text is kept, who runs, what changed on disk. */
export function Banners({ file, editing, prompts, beside }: Props) {
  const { source, agent, report } = useScene();
  const edits = useEdits(source);
  const [compare, setCompare] = useState(false);
  const set = activeSet(edits);
  const running = runningWords(agent, report.value?.brief.running ?? null, file.writtenBy);
  const { draft, moved } = editing;
  return (
    <>
      {prompts.length > 1 && (
        <Banner icon={Users}>
          {prompts.length} agents read this file:{' '}
          {prompts.map(({ agent: name }) => visibleText(name)).join(', ')}
        </Banner>
      )}
      {running !== null && (
        <Banner icon={Play} tone="warn">
          {running}
        </Banner>
      )}
      {moved && draft !== null && (
        <Banner
          icon={FileWarning}
          tone="warn"
          actions={
            <>
              <Button size="small" onClick={() => setCompare(true)}>
                Show difference
              </Button>
              <Button size="small" onClick={() => discardFile(source, set, file.path)}>
                Discard mine
              </Button>
              <Button
                size="small"
                onClick={() => void keepNow(source).then(() => openFileMerge(source, set.id))}
              >
                Resolve…
              </Button>
            </>
          }
        >
          Changed on disk by another program since you began. Your text is kept, and neither is lost.
        </Banner>
      )}
      {draft !== null && draft.text === null && (
        <Banner
          icon={FileWarning}
          tone="warn"
          actions={
            <Button size="small" onClick={() => discardFile(source, set, file.path)}>
              Keep the file
            </Button>
          }
        >
          This change set removes the file.
        </Banner>
      )}
      {!beside && <Kept file={file} editing={editing} onCompare={() => setCompare(true)} />}
      {compare && (
        <DifferenceDialog
          path={file.path}
          before={file.text ?? ''}
          after={editing.own}
          onClose={() => setCompare(false)}
        />
      )}
    </>
  );
}

type KeptProps = Omit<Props, 'prompts' | 'beside'> & { readonly onCompare: () => void };

/** That the text is not saved, where it is kept meanwhile, and the ways to see and to drop what was typed. */
function Kept({ file, editing: { draft, moved }, onCompare }: KeptProps) {
  const { source } = useScene();
  const edits = useEdits(source);
  const zone = useSettings((state) => state.time);
  const set = activeSet(edits);
  if (draft === null || draft.text === null || moved) return null;
  return (
    <Banner
      icon={set.id === LOOSE ? CircleDot : FilePen}
      actions={
        <>
          <Button size="small" look="quiet" onClick={onCompare}>
            Show difference
          </Button>
          <Button size="small" look="quiet" onClick={() => discardFile(source, set, file.path)}>
            Discard
          </Button>
        </>
      }
    >
      {edits.unsaved === null ? (
        <>
          Not saved
          {set.id === LOOSE ? '' : ` (in “${visibleText(set.label)}”)`}; kept in Vekscope
          {set.savedMicros > 0 && <span className="ew-when">, {formatDateTime(set.savedMicros, zone)}</span>}
        </>
      ) : (
        <span className="ew-bad">Not kept: {visibleText(edits.unsaved)}</span>
      )}
    </Banner>
  );
}

/** The same in the line of tools, with its difference. */
export function KeptBeside({ file, editing }: Pick<Props, 'file' | 'editing'>) {
  const [compare, setCompare] = useState(false);
  return (
    <>
      <Kept file={file} editing={editing} onCompare={() => setCompare(true)} />
      {compare && (
        <DifferenceDialog
          path={file.path}
          before={file.text ?? ''}
          after={editing.own}
          onClose={() => setCompare(false)}
        />
      )}
    </>
  );
}

type BannerProps = {
  readonly icon: LucideIcon;
  readonly tone?: 'plain' | 'warn';
  readonly actions?: ReactNode;
  readonly children: ReactNode;
};

function Banner({ icon: Icon, tone = 'plain', actions, children }: BannerProps) {
  return (
    <div className={`ew-banner ew-banner-${tone}`} role="note">
      <Icon className="icon" size={14} aria-hidden />
      <p>{children}</p>
      {actions !== undefined && <div className="ew-banner-actions">{actions}</div>}
    </div>
  );
}
