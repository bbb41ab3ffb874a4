import type { AgentFileDetail } from '../../../../../contract/agent-files.ts';
import type { FilePlace } from '../../pages.ts';
import { PageHead } from '../../parts/PageHead.tsx';
import { PartGate } from '../../parts/PartGate.tsx';
import { FileBody } from '../file/FileBody.tsx';
import { FileFormSwitch } from '../file/FileFormSwitch.tsx';
import { FileMenu } from '../file/FileMenu.tsx';
import { FileSide } from '../file/FileSide.tsx';
import { useFileForm } from '../file/use-file-form.ts';
import { NoteView, type NoteViewProps } from './NoteView.tsx';
import './memory.css';

type Props = {
  readonly part: 'memory' | 'wiki';
  readonly file: AgentFileDetail;
  readonly form: FilePlace['form'];
};

/** One note or wiki page on a page of its own. */
export function NotePage({ part, file, form }: Props) {
  if (part === 'memory') {
    return (
      <PartGate part="memory">
        {(value) => {
          const note = value.notes.find(({ path }) => path === file.path);
          return note === undefined ? (
            <Bare file={file} form={form} />
          ) : (
            <OwnNote file={file} form={form} note={note} index={value} />
          );
        }}
      </PartGate>
    );
  }
  return (
    <PartGate part="wiki">
      {(value) => {
        const note = value.pages.find(({ path }) => path === file.path);
        return note === undefined ? (
          <Bare file={file} form={form} />
        ) : (
          <OwnNote file={file} form={form} note={note} index={value} />
        );
      }}
    </PartGate>
  );
}

type OwnProps = NoteViewProps & { readonly file: AgentFileDetail; readonly form: FilePlace['form'] };

function OwnNote({ file, form, note, index }: OwnProps) {
  const state = useFileForm(file, note.why === null ? 'read' : 'raw', { line: null, form });
  return <NoteView note={note} index={index} own={{ file, state }} />;
}

type BareProps = { readonly file: AgentFileDetail; readonly form: FilePlace['form'] };

/** A file that the list does not know, such as one that was made a moment ago. */
function Bare({ file, form }: BareProps) {
  const state = useFileForm(file, 'raw', { line: null, form });
  return (
    <>
      <PageHead
        title={file.name}
        note={file.why}
        actions={
          <>
            <FileFormSwitch file={file} value={state.form} onChange={state.setForm} />
            <FileMenu file={file} />
          </>
        }
      />
      <FileBody file={file} state={state} side={<FileSide file={file} onLine={state.toLine} />} />
    </>
  );
}
