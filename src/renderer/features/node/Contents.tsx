import type { RefObject } from 'react';
import { Group, Panel, Separator } from 'react-resizable-panels';
import type { NodeDetail } from '../../../contract/vek.ts';
import { useMedia } from '../../app/hooks.ts';
import { ContentPane } from './ContentPane.tsx';

type Props = {
  readonly source: string;
  readonly detail: NodeDetail;
  readonly where: 'inspector' | 'tab';
  readonly panel: RefObject<HTMLElement | null>;
};

/** Input and output: side by side with a line to move in a wide tab, else one above the other. */
export function Contents({ source, detail, where, panel }: Props) {
  const wide = useMedia('(min-width: 900px)') && where === 'tab';
  const common = { source, tool: detail.row.tool, panel };
  const input = <ContentPane what="Input" content={detail.input} place={`${where}-input`} {...common} />;
  const output = <ContentPane what="Output" content={detail.output} place={`${where}-output`} {...common} />;
  if (!wide) {
    return (
      <div className="n-contents">
        {input}
        {output}
      </div>
    );
  }
  return (
    <div className="n-contents n-contents-wide">
      <Group orientation="horizontal">
        <Panel minSize={240}>{input}</Panel>
        <Separator className="pane-line" aria-label="Width of the input" />
        <Panel minSize={240}>{output}</Panel>
      </Group>
    </div>
  );
}
