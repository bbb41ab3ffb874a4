import { TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import type { IndexProblem, NoteRow } from '../../../../../contract/agent-parts.ts';
import { Badge } from '../../../../ui/badge/Badge.tsx';
import { formatCount } from '../../../../ui/format.ts';
import { Tabs } from '../../../../ui/tabs/Tabs.tsx';
import { visibleText } from '../../../../ui/visible-text.ts';
import { Findings } from '../../parts/Findings.tsx';
import { PageHead } from '../../parts/PageHead.tsx';
import { FileText, TextFormSwitch, type TextForm } from '../../text/FileText.tsx';
import type { ToLine } from '../../text/TextPane.tsx';
import { Flags } from './Flags.tsx';
import { NoteFacts } from './NoteFacts.tsx';
import { NoteLinks } from './NoteLinks.tsx';
import { NoteVersions } from './NoteVersions.tsx';

type Tab = 'text' | 'links' | 'versions';

type Props = {
  readonly note: NoteRow;
  /** the index beside it, for what it says about the note */
  readonly index: { readonly indexPath: string | null; readonly indexProblems: readonly IndexProblem[] };
};

/** A note or wiki page: its text and facts, what it names and what names it, and what it was before. */
export function NoteView({ note, index }: Props) {
  const [tab, setTab] = useState<Tab>('text');
  const [form, setForm] = useState<TextForm>(note.why === null ? 'read' : 'raw');
  const [to, setTo] = useState<ToLine | null>(null);
  const problems = index.indexProblems.filter(({ file }) => file === note.file);
  const links = note.links.length + note.linkedFrom.length;
  const toLine = (line: number) => {
    setForm('raw');
    setTab('text');
    setTo({ line });
  };
  return (
    <div className="ag-note">
      <PageHead
        title={<bdi className="mono">{visibleText(note.file)}</bdi>}
        badges={<Flags flags={note.flags} />}
        actions={tab === 'text' && <TextFormSwitch value={form} onChange={setForm} />}
      />
      {note.why !== null && (
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
            panel: (
              <div className="ag-beside">
                <div className="ag-beside-main">
                  <FileText path={note.path} form={form} to={to} />
                </div>
                {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keys */}
                <aside className="ag-beside-side" aria-label="Facts of the note" tabIndex={0}>
                  {(note.findings.length > 0 || problems.length > 0) && (
                    <section className="ag-side-part">
                      <h3>Findings</h3>
                      <Findings
                        findings={[
                          ...note.findings,
                          ...problems.map(
                            ({ message, line }) =>
                              ({
                                severity: 'warning',
                                message: line === null ? message : `${message} (line ${line} of the index)`,
                                hint: '',
                                line: null,
                              }) as const,
                          ),
                        ]}
                        onLine={toLine}
                      />
                    </section>
                  )}
                  <NoteFacts note={note} />
                </aside>
              </div>
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
