import type { AgentFileDetail, AgentFileKind } from '../../../../../contract/agent-files.ts';
import { useDraft } from '../../../../state/edits.ts';
import { Badge } from '../../../../ui/badge/Badge.tsx';
import { Button } from '../../../../ui/button/Button.tsx';
import { FailureState } from '../../../../ui/empty/FailureState.tsx';
import { SkeletonRows } from '../../../../ui/skeleton/Skeleton.tsx';
import { visibleText } from '../../../../ui/visible-text.ts';
import { belowAgent, notLoaded, type FilePlace } from '../../pages.ts';
import { PageHead } from '../../parts/PageHead.tsx';
import { UnsavedMark } from '../../parts/UnsavedMark.tsx';
import { useScene } from '../../scene.ts';
import { useFile } from '../../text/use-file.ts';
import { NotePage } from '../memory/NotePage.tsx';
import { FileBody } from './FileBody.tsx';
import { FileFormSwitch } from './FileFormSwitch.tsx';
import { FileMenu } from './FileMenu.tsx';
import { FileSide } from './FileSide.tsx';
import { kindWords } from './kind-words.ts';
import { NewFile } from './NewFile.tsx';
import { ReadOnly } from './ReadOnly.tsx';
import { useFileForm } from './use-file-form.ts';

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

/** A file as text, and beside it what the runtime makes of it; or in the editor, or what it was before. */
export function FilePage({ path, line, form }: FilePlace) {
  const { source } = useScene();
  const { value, error, again } = useFile(path);
  const draft = useDraft(source, path);
  if (value !== null) {
    const key = `${path} ${line} ${form}`;
    if (value.kind === 'memory-note' && line === null)
      return <NotePage key={key} part="memory" file={value} form={form} />;
    if (value.kind === 'wiki-page' && line === null)
      return <NotePage key={key} part="wiki" file={value} form={form} />;
    return <Shown key={key} file={value} line={line} form={form} />;
  }
  if (error?.kind === 'not-found' && draft !== null && draft.text !== null) return <NewFile draft={draft} />;
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

type ShownProps = Pick<FilePlace, 'line' | 'form'> & { readonly file: AgentFileDetail };

function Shown({ file, line, form: asked }: ShownProps) {
  const { agent } = useScene();
  const state = useFileForm(file, RAW_FIRST.has(file.kind) ? 'raw' : 'read', { line, form: asked });
  return (
    <>
      <PageHead
        title={<bdi className="mono">{visibleText(belowAgent(file.path, agent))}</bdi>}
        badges={
          <>
            <UnsavedMark path={file.path} />
            <Badge>{kindWords(file.kind)}</Badge>
            {notLoaded([file]).length > 0 && <Badge tone="bad">not loaded</Badge>}
          </>
        }
        note={file.why === null ? null : visibleText(file.why)}
        actions={
          <>
            <FileFormSwitch file={file} value={state.form} onChange={state.setForm} />
            <FileMenu file={file} />
          </>
        }
      />
      <ReadOnly editing={file.editing} />
      <FileBody file={file} state={state} side={<FileSide file={file} onLine={state.toLine} />} />
    </>
  );
}
