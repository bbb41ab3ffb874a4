import { useRef, useState, type ReactNode } from 'react';
import type { Failure } from '../../../contract/failure.ts';
import type { NodeDetail } from '../../../contract/vek.ts';
import { openAction } from '../../state/action-form.ts';
import { useSettings } from '../../state/settings.ts';
import { useOverview } from '../../state/workspace.ts';
import { useShortcuts } from '../../ui/keyboard.ts';
import { Tabs } from '../../ui/tabs/Tabs.tsx';
import { ContentPane } from './ContentPane.tsx';
import { Facts } from './Facts.tsx';
import { Hashes } from './Hashes.tsx';
import { NodeActions } from './NodeActions.tsx';
import { NodeHead } from './NodeHead.tsx';
import './node.css';
import { Raw } from './Raw.tsx';

type TabName = 'content' | 'hashes' | 'raw';

type Props = {
  readonly source: string;
  readonly detail: NodeDetail;
  readonly stale: boolean;
  /** why the call could not be read again; what is shown is then what was read before */
  readonly error: Failure | null;
  readonly where: 'inspector' | 'tab';
  readonly onOpen?: (hash: string) => void;
  readonly headEnd?: ReactNode;
};

/** One call: head, content, hashes, raw record, actions. The same in the inspector and as a tab. */
export function NodePanel({ source, detail, stale, error, where, onOpen, headEnd }: Props) {
  const zone = useSettings((settings) => settings.time);
  const [tab, setTab] = useState<TabName>('content');
  const panel = useRef<HTMLDivElement>(null);
  const { row } = detail;
  const content = { source, tool: row.tool, panel };
  const blocked = useOverview(source).value?.readOnlyReason ?? null;
  const scope = { name: `node-${where}`, label: 'Call' };
  useShortcuts(scope, [
    {
      keys: 'f',
      label: 'Fork from the call',
      run: () => openAction(source, { kind: 'fork', at: row.hash }),
      when: () => blocked === null,
    },
    {
      keys: 't',
      label: 'Tag the call',
      run: () => openAction(source, { kind: 'tag', at: row.hash }),
      when: () => blocked === null,
    },
  ]);
  return (
    <div ref={panel} className={`n-panel n-${where}`} tabIndex={-1} data-key-scope={scope.name}>
      <NodeHead detail={detail} stale={stale} zone={zone} error={error} end={headEnd} />
      <Tabs<TabName>
        label={`Call ${row.tool}`}
        value={tab}
        onChange={setTab}
        items={[
          {
            id: 'content',
            label: 'Content',
            panel: (
              <div className="n-body">
                <Facts
                  source={source}
                  detail={detail}
                  zone={zone}
                  {...(onOpen === undefined ? {} : { onOpen })}
                />
                <div className="n-contents">
                  <ContentPane what="Input" content={detail.input} place={`${where}-input`} {...content} />
                  <ContentPane what="Output" content={detail.output} place={`${where}-output`} {...content} />
                </div>
              </div>
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
