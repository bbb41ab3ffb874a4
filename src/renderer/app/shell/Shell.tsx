import { useEffect } from 'react';
import { Group, Panel, Separator } from 'react-resizable-panels';
import type { Workspace } from '../../../contract/workspace.ts';
import { LedgerInspector } from '../../features/ledger/inspector/LedgerInspector.tsx';
import { FindingInspector } from '../../features/integrity/FindingInspector.tsx';
import { RecordInspector } from '../../features/runs/RecordInspector.tsx';
import { NodeInspector } from '../../features/node/NodeInspector.tsx';
import { SourcesPane } from '../../features/sources/SourcesPane.tsx';
import { useSelectedRecord } from '../../state/agents.ts';
import { useLook } from '../../state/ledgers.ts';
import { useSelection } from '../../state/selection.ts';
import { setDrawer, useOverlays } from '../../state/overlays.ts';
import { setLayout, useSettings } from '../../state/settings.ts';
import { tabId, useTabs } from '../../state/tabs.ts';
import { setActiveSource, useActiveSource, useSource } from '../../state/workspace.ts';
import { useMedia } from '../hooks.ts';
import { ViewBoundary } from '../ViewBoundary.tsx';
import { BottomPanel } from './BottomPanel.tsx';
import { Drawer } from './Drawer.tsx';
import { INSPECTOR_FROM, SOURCES_FROM, toggleInspector } from './panes.ts';
import { StatusBar } from './StatusBar.tsx';
import { TabStrip } from './TabStrip.tsx';
import { TitleBar } from './TitleBar.tsx';
import { useFocusKept } from './use-focus-kept.ts';
import { ViewHost } from './ViewHost.tsx';
import './shell.css';

/** The window with an open folder: sources, tabs, inspector, status. */
export function Shell({ workspace }: { readonly workspace: Workspace }) {
  const layout = useSettings((state) => state.layout);
  const roomForInspector = useMedia(INSPECTOR_FROM);
  const roomForSources = useMedia(SOURCES_FROM);
  const drawer = useOverlays((state) => state.drawer);
  const source = useActiveSource();
  useSourceOfTab();
  useFocusKept();
  useEffect(() => {
    if (roomForInspector && drawer === 'inspector') setDrawer(null);
    if (roomForSources && drawer === 'sources') setDrawer(null);
  }, [roomForInspector, roomForSources, drawer]);

  // A tab that shows the selected call in full needs no second view of it beside, nor does a merge.
  const inFront = useSelectionInFront();
  const beside = layout.inspectorOpen && !inFront;
  const inspectorOpen = roomForInspector ? layout.inspectorOpen : drawer === 'inspector';
  return (
    <div className="shell">
      <TitleBar workspace={workspace} narrow={!roomForSources} />
      <main className="shell-panes">
        <Group id="panes">
          {roomForSources && layout.sourcesOpen && (
            <>
              <Panel
                id="sources"
                defaultSize={layout.sources}
                minSize={180}
                maxSize={420}
                groupResizeBehavior="preserve-pixel-size"
                onResize={(size) => rememberSize('sources', size.inPixels)}
              >
                <SourcesPane workspace={workspace} />
              </Panel>
              <Separator className="pane-line" aria-label="Width of the sources" />
            </>
          )}
          <Panel id="middle" minSize={320}>
            <Group id="middle-panes" orientation="vertical">
              <Panel id="views" minSize={160}>
                <div className="middle">
                  <TabStrip inspectorOpen={inspectorOpen} onToggleInspector={toggleInspector} />
                  <ViewHost workspace={workspace} />
                </div>
              </Panel>
              {layout.bottomOpen && source !== null && (
                <>
                  <Separator className="pane-line pane-line-across" aria-label="Height of the panel" />
                  <Panel
                    id="bottom"
                    defaultSize={layout.bottom}
                    minSize={96}
                    maxSize="70%"
                    groupResizeBehavior="preserve-pixel-size"
                    onResize={(size) => rememberSize('bottom', size.inPixels)}
                  >
                    <BottomPanel source={source.id} />
                  </Panel>
                </>
              )}
            </Group>
          </Panel>
          {roomForInspector && beside && (
            <>
              <Separator className="pane-line" aria-label="Width of the inspector" />
              <Panel
                id="inspector"
                defaultSize={layout.inspector}
                minSize={300}
                maxSize={720}
                groupResizeBehavior="preserve-pixel-size"
                onResize={(size) => rememberSize('inspector', size.inPixels)}
              >
                <Inspector />
              </Panel>
            </>
          )}
        </Group>
      </main>
      {drawer === 'sources' && (
        <Drawer side="start" label="Sources">
          <SourcesPane workspace={workspace} />
        </Drawer>
      )}
      {drawer === 'inspector' && (
        <Drawer side="end" label="Inspector">
          <Inspector />
        </Drawer>
      )}
      <StatusBar source={source} />
    </div>
  );
}

/** Of the selected call; beside the integrity view of the finding, beside agents of the record, beside a ledger of the entry. */
function Inspector() {
  const selection = useSelection();
  const front = useTabs(({ tabs, active }) => tabs.find((tab) => tabId(tab) === active));
  const source = useSource(front?.source ?? null);
  const record = useSelectedRecord(front?.source ?? null);
  return (
    <section className="inspector-slot" tabIndex={-1} aria-label="Inspector">
      <ViewBoundary>
        {front?.kind === 'integrity' ? (
          <FindingInspector source={front.source} />
        ) : source?.kind === 'agents' ? (
          <RecordInspector source={source.id} id={record} />
        ) : source?.kind === 'aex' ? (
          <LedgerInspector source={source.id} />
        ) : (
          <NodeInspector source={selection?.source ?? null} hash={selection?.hash ?? null} />
        )}
      </ViewBoundary>
    </section>
  );
}

function rememberSize(pane: 'sources' | 'inspector' | 'bottom', pixels: number): void {
  const size = Math.round(pixels);
  if (size > 0 && useSettings.getState().layout[pane] !== size) setLayout({ [pane]: size });
}

/** Whether the tab in front is the selected call's or record's own, or about no single one. */
function useSelectionInFront(): boolean {
  const selection = useSelection();
  const front = useTabs(({ tabs, active }) => tabs.find((tab) => tabId(tab) === active));
  const record = useSelectedRecord(front?.source ?? null);
  const { selected } = useLook(front?.source ?? '');
  switch (front?.kind) {
    case 'fleet':
    case 'costs':
    case 'agent':
    case 'escalations':
    case 'doctor':
      return record === null;
    case 'accounts':
    case 'proof':
      return selected === null;
    case 'execution':
    case 'record':
    case 'merge':
    case 'file-merge':
    case 'compare-calls':
    case 'compare-runs':
      return true;
    case 'node':
      return front.source === selection?.source && front.hash === selection.hash;
    default:
      return false;
  }
}

/** The source of the tab in front is the active one. */
function useSourceOfTab(): void {
  const source = useTabs(({ tabs, active }) => tabs.find((tab) => tabId(tab) === active)?.source ?? null);
  useEffect(() => {
    if (source !== null) setActiveSource(source);
  }, [source]);
}
