import { useState } from 'react';
import type { AgentFileDetail, AgentFileKind } from '../../../../../contract/agent-files.ts';
import { Badge } from '../../../../ui/badge/Badge.tsx';
import { Button } from '../../../../ui/button/Button.tsx';
import { CopyButton } from '../../../../ui/copy/CopyButton.tsx';
import { FailureState } from '../../../../ui/empty/FailureState.tsx';
import { SkeletonRows } from '../../../../ui/skeleton/Skeleton.tsx';
import { visibleText } from '../../../../ui/visible-text.ts';
import { belowAgent, notLoaded } from '../../pages.ts';
import { PageHead } from '../../parts/PageHead.tsx';
import { useScene } from '../../scene.ts';
import { TextFormSwitch, TextOf, type TextForm } from '../../text/FileText.tsx';
import type { ToLine } from '../../text/TextPane.tsx';
import { useFile } from '../../text/use-file.ts';
import { NotePage } from '../memory/NotePage.tsx';
import { FileSide } from './FileSide.tsx';
import { kindWords } from './kind-words.ts';

/** Settings are read for what they make the runtime do, so they are shown as they are written at first. */
const RAW_FIRST: ReadonlySet<AgentFileKind> = new Set([
  'model',
  'tools',
  'policy',
  'judges',
  'mcp',
  'roster',
  'targets',
]);

type Props = {
  readonly path: string;
  /** the line to go to; the text is then shown as it is written */
  readonly line?: number | null;
};

/** A file as text, and beside it what the runtime makes of it. */
export function FilePage({ path, line = null }: Props) {
  const { value, error, again } = useFile(path);
  if (value !== null) {
    if (value.kind === 'memory-note' && line === null)
      return <NotePage key={path} part="memory" file={value} />;
    if (value.kind === 'wiki-page' && line === null) return <NotePage key={path} part="wiki" file={value} />;
    return <Shown key={`${path} ${line}`} file={value} line={line} />;
  }
  if (error === null) return <SkeletonRows rows={10} label="Reading the file" />;
  return (
    <FailureState
      error={error}
      actions={
        <Button size="small" onClick={again}>
          Read again
        </Button>
      }
    />
  );
}

function Shown({ file, line }: { readonly file: AgentFileDetail; readonly line: number | null }) {
  const { agent } = useScene();
  const [form, setForm] = useState<TextForm>(line !== null || RAW_FIRST.has(file.kind) ? 'raw' : 'read');
  const [to, setTo] = useState<ToLine | null>(line === null ? null : { line });
  const toLine = (next: number) => {
    setForm('raw');
    setTo({ line: next });
  };
  const markdown = file.language === 'markdown' && file.text !== null;
  return (
    <>
      <PageHead
        title={<bdi className="mono">{visibleText(belowAgent(file.path, agent))}</bdi>}
        badges={
          <>
            <Badge>{kindWords(file.kind)}</Badge>
            {notLoaded([file]).length > 0 && <Badge tone="bad">not loaded</Badge>}
          </>
        }
        note={file.why === null ? null : visibleText(file.why)}
        actions={
          <>
            {markdown && <TextFormSwitch value={form} onChange={setForm} />}
            {file.text !== null && <CopyButton text={() => file.text ?? ''} label="Copy the text" />}
          </>
        }
      />
      <div className="ag-beside">
        <div className="ag-beside-main">
          <TextOf file={file} form={form} to={to} />
        </div>
        <FileSide file={file} onLine={toLine} />
      </div>
    </>
  );
}
