import { useRef } from 'react';
import { Group, Panel, Separator } from 'react-resizable-panels';
import { usePlace } from '../../state/agents.ts';
import { useWidth } from '../compare/calls/use-width.ts';
import { AsOfNotice } from '../runs/AsOfNotice.tsx';
import { PromptBar } from './bar/PromptBar.tsx';
import { Outline } from './outline/Outline.tsx';
import { PageOf } from './PageOf.tsx';
import { SceneProvider, useNewScene } from './scene.ts';
import { AGENT_VIEW, useAgentKeys } from './use-agent-keys.ts';
import './agent.css';

type Props = { readonly source: string; readonly agent: string };

/** One agent: what it is sent, what it keeps, what it did. */
export function AgentView({ source, agent }: Props) {
  const scene = useNewScene(source, agent);
  const place = usePlace(source, agent);
  useAgentKeys(source, agent, scene.go);
  const box = useRef<HTMLElement>(null);
  const width = useWidth(box);
  return (
    <SceneProvider value={scene}>
      <section ref={box} className="agent" aria-label={`Agent ${agent}`} data-key-scope={AGENT_VIEW.name}>
        <AsOfNotice source={source} />
        {width !== null && (
          <>
            <Group id="agent-panes" className="ag-panes">
              <Panel
                id="agent-outline"
                defaultSize={width < 860 ? 224 : 260}
                minSize={176}
                maxSize="48%"
                groupResizeBehavior="preserve-pixel-size"
              >
                <Outline place={place} />
              </Panel>
              <Separator className="pane-line" aria-label="Width of the outline" />
              <Panel id="agent-page" minSize={240}>
                <div className="ag-page" tabIndex={-1}>
                  <PageOf place={place} />
                </div>
              </Panel>
            </Group>
            <PromptBar />
          </>
        )}
      </section>
    </SceneProvider>
  );
}
