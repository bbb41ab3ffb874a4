import { useRef, type ReactNode } from 'react';
import type { Failure } from '../../../contract/failure.ts';
import type { NodeDetail } from '../../../contract/vek.ts';
import { setNodeTab, useCompare, type NodeTab } from '../../state/compare.ts';
import { useSettings } from '../../state/settings.ts';
import { openIntegrity } from '../../state/tabs.ts';
import { formatCount } from '../../ui/format.ts';
import { Tabs } from '../../ui/tabs/Tabs.tsx';
import { shortName } from './CallLink.tsx';
import { AgentLinks } from './AgentLinks.tsx';
import { ChangesTab } from './changes/ChangesTab.tsx';
import { useComparison } from './changes/use-comparison.ts';
import { Contents } from './Contents.tsx';
import { Facts } from './Facts.tsx';
import { Hashes } from './Hashes.tsx';
import { NodeActions } from './NodeActions.tsx';
import { NodeHead } from './NodeHead.tsx';
import './node.css';
import { Raw } from './Raw.tsx';
import { useNodeKeys } from './use-node-keys.ts';

type Props = {
  readonly source: string;
  readonly detail: NodeDetail;
  readonly stale: boolean;
  /** why the call could not be read again; what is shown is then what was read before */
  readonly error: Failure | null;
  readonly where: 'inspector' | 'tab';
  /** goes to another call */
  readonly onOpen: (hash: string) => void;
  /** goes to the next row of the graph; null where there is none beside this panel */
  readonly onStep: ((by: 1 | -1) => void) | null;
  readonly headEnd?: ReactNode;
};

/** One call: head, content, changes, hashes, raw record, actions. The same in the inspector and as a tab. */
export function NodePanel({ source, detail, stale, error, where, onOpen, onStep, headEnd }: Props) {
  const zone = useSettings((settings) => settings.time);
  const tab = useCompare((state) => state.tab);
  const panel = useRef<HTMLDivElement>(null);
  const { row } = detail;
  const marked = useCompare((state) => state.marked?.source === source && state.marked.hash === row.hash);
  const comparison = useComparison(source, detail);
  const scope = useNodeKeys({ source, row, where, onStep });
  return (
    <div
      ref={panel}
      className={`n-panel n-${where}`}
      tabIndex={-1}
      data-key-scope={scope}
      {...(where === 'tab' ? { 'data-key-default': '' } : {})}
    >
      <NodeHead
        detail={detail}
        stale={stale}
        zone={zone}
        error={error}
        marked={marked}
        onIntegrity={() => openIntegrity(source)}
        end={headEnd}
      />
      <Tabs<NodeTab>
        label={`Call ${shortName(row.tool)}`}
        value={tab}
        onChange={setNodeTab}
        items={[
          {
            id: 'content',
            label: 'Content',
            panel: (
              <div className="n-body">
                <Facts detail={detail} zone={zone} open={onOpen} />
                <AgentLinks source={source} hash={row.hash} />
                <Contents source={source} detail={detail} where={where} panel={panel} />
              </div>
            ),
          },
          {
            id: 'changes',
            label: 'Changes',
            ...(comparison.count === null || comparison.count === 0
              ? {}
              : { note: formatCount(comparison.count) }),
            panel: (
              <ChangesTab
                source={source}
                detail={detail}
                comparison={comparison}
                where={where}
                open={onOpen}
              />
            ),
          },
          { id: 'hashes', label: 'Hashes', panel: <Hashes detail={detail} stale={stale} zone={zone} /> },
          { id: 'raw', label: 'Raw', panel: <Raw source={source} detail={detail} /> },
        ]}
      />
      <NodeActions source={source} row={row} inTab={where === 'tab'} />
    </div>
  );
}
