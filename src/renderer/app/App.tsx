import { Unplug } from 'lucide-react';
import { ActionDialog } from '../features/actions/ActionDialog.tsx';
import { SetDialog } from '../features/change-sets/SetDialog.tsx';
import { RunsDialog } from '../features/compare/runs/RunsDialog.tsx';
import { EditDialog } from '../features/edit/EditDialog.tsx';
import { NewFileDialog } from '../features/new-file/NewFileDialog.tsx';
import { HowToRecord } from '../features/help/HowToRecord.tsx';
import { ShortcutsSheet } from '../features/help/ShortcutsSheet.tsx';
import { MergeDialogs } from '../features/merge/preview/MergeDialogs.tsx';
import { useCallCommands } from '../features/node/call-commands.ts';
import { baseCommands } from '../features/palette/base-commands.ts';
import { Palette } from '../features/palette/Palette.tsx';
import { SettingsDialog } from '../features/settings/SettingsDialog.tsx';
import { OpenFolderDialog } from '../features/welcome/OpenFolderDialog.tsx';
import { Welcome } from '../features/welcome/Welcome.tsx';
import { useConnection } from '../state/connection.ts';
import { useWorkspaceStore } from '../state/workspace.ts';
import { Button } from '../ui/button/Button.tsx';
import { EmptyState } from '../ui/empty/EmptyState.tsx';
import { useSlow } from '../ui/skeleton/Skeleton.tsx';
import { ToastRegion } from '../ui/toast/ToastRegion.tsx';
import { TooltipProvider } from '../ui/tooltip/Tooltip.tsx';
import { useCommands } from './commands.ts';
import { useFileDrop } from './drop.ts';
import { client } from './engine.ts';
import { ConnectionNotice, RetryWords } from './shell/ConnectionNotice.tsx';
import { Shell } from './shell/Shell.tsx';
import { startFolder } from './start.ts';
import { ViewBoundary } from './ViewBoundary.tsx';
import { useGlobalKeys } from './global-keys.ts';
import './app.css';

/** The whole window: what is in front, and what can lie over it. */
export function App() {
  useGlobalKeys();
  useFileDrop();
  useCommands(baseCommands);
  useCallCommands();
  return (
    <TooltipProvider>
      <ViewBoundary>
        <Front />
      </ViewBoundary>
      <Palette />
      <ShortcutsSheet />
      <SettingsDialog />
      <OpenFolderDialog />
      <HowToRecord />
      <ActionDialog />
      <MergeDialogs />
      <EditDialog />
      <NewFileDialog />
      <SetDialog />
      <RunsDialog />
      <ToastRegion>
        <ConnectionNotice />
      </ToastRegion>
    </TooltipProvider>
  );
}

function Front() {
  const host = useConnection((state) => state.host);
  const workspace = useWorkspaceStore((state) => state.workspace);
  const opening = useWorkspaceStore((state) => state.opening);
  if (host === null) return <NotYet />;
  if (workspace !== null) return <Shell workspace={workspace} />;
  if (opening !== null && opening === startFolder(host)) return <Opening path={opening} />;
  return <Welcome host={host} />;
}

/** Before the engine has answered for the first time. */
function NotYet() {
  const slow = useSlow();
  const connection = useConnection((state) => state.connection);
  if (connection.state === 'disconnected') {
    return (
      <EmptyState
        icon={Unplug}
        tone="warn"
        title="Vekscope can’t reach its engine"
        actions={
          <Button size="small" onClick={client.connect}>
            Connect now
          </Button>
        }
      >
        <p>
          <RetryWords connection={connection} />
        </p>
      </EmptyState>
    );
  }
  return <output className="starting">{slow && 'Starting'}</output>;
}

function Opening({ path }: { readonly path: string }) {
  const slow = useSlow();
  return (
    <output className="starting">
      {slow && (
        <>
          Opening <bdi>{path}</bdi>
        </>
      )}
    </output>
  );
}
