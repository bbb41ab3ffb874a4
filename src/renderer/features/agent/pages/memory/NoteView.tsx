import { TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import type { AgentFileDetail } from '../../../../../contract/agent-files.ts';
import type { IndexProblem, NoteRow } from '../../../../../contract/agent-parts.ts';
import { Badge } from '../../../../ui/badge/Badge.tsx';
import { formatCount } from '../../../../ui/format.ts';
import { Tabs } from '../../../../ui/tabs/Tabs.tsx';
import { visibleText } from '../../../../ui/visible-text.ts';
import { EditButton } from '../../parts/EditButton.tsx';
import { PageHead } from '../../parts/PageHead.tsx';
import { UnsavedMark } from '../../parts/UnsavedMark.tsx';
import { FileText, TextFormSwitch, type TextForm } from '../../text/FileText.tsx';
import type { ToLine } from '../../text/TextPane.tsx';
import { FileBody } from '../file/FileBody.tsx';
import { FileFormSwitch } from '../file/FileFormSwitch.tsx';
import { FileMenu } from '../file/FileMenu.tsx';
import type { FileFormState } from '../file/use-file-form.ts';
import { Flags } from './Flags.tsx';
import { NoteLinks } from './NoteLinks.tsx';
import { NoteSide } from './NoteSide.tsx';
import { NoteVersions } from './NoteVersions.tsx';

type Tab = 'text' | 'links' | 'versions';

export type NoteViewProps = {
  readonly note: NoteRow;
  /** the index beside it, for what it says about the note */
  readonly index: { readonly indexPath: string | null; readonly indexProblems: readonly IndexProblem[] };
};

type Props = NoteViewProps & {
  /** the note stands on a page of its own, where it is edited too */
  readonly own?: { readonly file: AgentFileDetail; readonly state: FileFormState };
};

/** A note or wiki page: its text and facts, what it names and what names it, and what it was before. */
export function NoteView({ note, index, own }: Props) {
  const [tab, setTab] = useState<Tab>('text');
  const [form, setForm] = useState<TextForm>(note.why === null ? 'read' : 'raw');
  const [to, setTo] = useState<ToLine | null>(null);
  const problems = index.indexProblems.filter(({ file }) => file === note.file);
  const links = note.links.length + note.linkedFrom.length;
  const toLine = (line: number) => {
    setTab('text');
    if (own !== undefined) {
      own.state.toLine(line);
      return;
    }
    setForm('raw');
    setTo({ line });
  };
  const side = <NoteSide note={note} problems={problems} onLine={toLine} />;
  return (
    <div className="ag-note">
      <PageHead
        title={<bdi className="mono">{visibleText(note.file)}</bdi>}
        badges={
          <>
            <UnsavedMark path={note.path} />
            <Flags flags={note.flags} />
          </>
        }
        actions={
          tab === 'text' &&
          (own === undefined ? (
            <>
              <TextFormSwitch value={form} onChange={setForm} />
              <EditButton path={note.path} />
            </>
          ) : (
            <>
              <FileFormSwitch file={own.file} value={own.state.form} onChange={own.state.setForm} />
              <FileMenu file={own.file} />
            </>
          ))
        }
      />
      {note.why !== null && own?.state.form !== 'edit' && (
        <p className={`ag-why ${note.loaded ? 'ag-why-odd' : ''}`} role="note">
          <TriangleAlert className="icon" size={14} aria-hidden />
          <span>
            {note.loaded
              ? 'It breaks a rule of notes, and the agent loads it all the same: '
              : 'The agent drops this note without saying so: '}
            {visibleText(note.why)}
          </span>
        </p>
      )}
      <Tabs<Tab>
        label="Note"
        value={tab}
        onChange={setTab}
        items={[
          {
            id: 'text',
            label: 'Text',
            panel:
              own === undefined ? (
                <div className="ag-beside">
                  <div className="ag-beside-main">
                    <FileText path={note.path} form={form} to={to} />
                  </div>
                  {side}
                </div>
              ) : (
                <FileBody file={own.file} state={own.state} side={side} />
              ),
          },
          {
            id: 'links',
            label: 'Links',
            note: links === 0 ? null : formatCount(links),
            panel: <NoteLinks note={note} />,
          },
          {
            id: 'versions',
            label: 'Versions',
            note: note.versions.length === 0 ? null : <Badge>{formatCount(note.versions.length)}</Badge>,
            panel: <NoteVersions note={note} />,
          },
        ]}
      />
    </div>
  );
}
