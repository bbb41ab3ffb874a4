import { useEffect, useRef, useState } from 'react';
import type { AgentFileDetail } from '../../../contract/agent-files.ts';
import type { FileEdit } from '../../../contract/edits.ts';
import { fromEditor, toEditor } from '../../../core/agents/forms/line-ends.ts';
import { dropDrafts, setDraft } from '../../app/edits.ts';
import { activeSet, editsOf, useDraft } from '../../state/edits.ts';
import type { EditText } from './edit-handle.ts';
import { forgetSettled, useSettled } from './settled.ts';

/** A file that is being edited. */
export type Editing = {
  /** what is typed and not written; null: the file is as it stands on disk */
  readonly draft: FileEdit | null;
  /** the text as it would be written now, with its own line ends */
  readonly own: string;
  /** the same with `\n` only, as the editor and the form have it */
  readonly text: string;
  /** the file changed on disk since the edit was begun */
  readonly moved: boolean;
  /** hears what is typed */
  readonly typed: (text: string) => void;
};

/**
 * A file's text, typed by a person: it stands in the active change set from the first letter on, and is the file's own
 * again when it comes to the same. What comes from elsewhere (the disk, another change set) is shown in the editor.
 */
export function useEditing(source: string, file: AgentFileDetail, handle: EditText | null): Editing {
  const { path } = file;
  // a file that is not there yet has no hash
  const sha256 = file.sha256 === '' ? null : file.sha256;
  const disk = file.text ?? '';
  const draft = useDraft(source, path);
  const settled = useSettled(source, path);
  const held = draft === null && settled !== null && settled.before === sha256;
  useEffect(() => {
    if (settled !== null && settled.before !== sha256) forgetSettled(source, path);
  }, [source, path, settled, sha256]);

  const wanted = draft === null ? disk : (draft.text ?? disk);
  const [own, setOwn] = useState(wanted);
  if (!held && own !== wanted) setOwn(wanted);
  // line ends are kept from the text that the edit began with; where that is gone, from the edit itself
  const unknown = draft !== null && draft.base !== sha256;
  const [origin, setOrigin] = useState(unknown ? wanted : disk);
  if (!held && !unknown && origin !== disk) setOrigin(disk);

  const latest = useRef({ sha256, disk, origin, settled, held });
  useEffect(() => {
    latest.current = { sha256, disk, origin, settled, held };
  });
  const mine = useRef<string | null>(null);
  const typed = useRef((next: string) => {
    const now = latest.current;
    const before = activeSet(editsOf(source)).edits.find((edit) => edit.path === path) ?? null;
    const standing = now.held ? (now.settled?.after ?? null) : now.sha256;
    const base = before === null ? standing : before.base;
    const written = fromEditor(now.origin, next);
    mine.current = written;
    setOwn(written);
    if (base !== null && base === now.sha256 && written === now.disk) dropDrafts(source, [path]);
    else setDraft(source, { path, base, text: written });
  });
  // only what comes from elsewhere goes into the editor: it may be ahead of what is drawn
  useEffect(() => {
    if (handle === null || held) return;
    const now = activeSet(editsOf(source)).edits.find((edit) => edit.path === path);
    const standing = now?.text ?? disk;
    // an older state is drawn at this moment; the newer one follows
    if (standing !== wanted || standing === mine.current) return;
    mine.current = standing;
    handle.sync(toEditor(standing));
  }, [source, path, handle, held, wanted, disk]);
  return {
    draft,
    own,
    text: toEditor(own),
    moved: draft !== null && draft.base !== sha256 && !(settled !== null && settled.before === sha256),
    typed: (next) => typed.current(next),
  };
}
