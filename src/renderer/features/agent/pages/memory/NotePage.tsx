import type { AgentFileDetail } from '../../../../../contract/agent-files.ts';
import { PageHead } from '../../parts/PageHead.tsx';
import { PartGate } from '../../parts/PartGate.tsx';
import { TextOf } from '../../text/FileText.tsx';
import { FileSide } from '../file/FileSide.tsx';
import { NoteView } from './NoteView.tsx';
import './memory.css';

type Props = { readonly part: 'memory' | 'wiki'; readonly file: AgentFileDetail };

/** One note or wiki page on a page of its own. */
export function NotePage({ part, file }: Props) {
  if (part === 'memory') {
    return (
      <PartGate part="memory">
        {(value) => {
          const note = value.notes.find(({ path }) => path === file.path);
          return note === undefined ? <Bare file={file} /> : <NoteView note={note} index={value} />;
        }}
      </PartGate>
    );
  }
  return (
    <PartGate part="wiki">
      {(value) => {
        const note = value.pages.find(({ path }) => path === file.path);
        return note === undefined ? <Bare file={file} /> : <NoteView note={note} index={value} />;
      }}
    </PartGate>
  );
}

/** A file that the list does not know, such as one that was made a moment ago. */
function Bare({ file }: { readonly file: AgentFileDetail }) {
  return (
    <>
      <PageHead title={file.name} note={file.why} />
      <div className="ag-beside">
        <div className="ag-beside-main">
          <TextOf file={file} form="raw" to={null} />
        </div>
        <FileSide file={file} onLine={() => undefined} />
      </div>
    </>
  );
}
