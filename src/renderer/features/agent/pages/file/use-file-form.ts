import { useState } from 'react';
import type { AgentFileDetail } from '../../../../../contract/agent-files.ts';
import { editsOf, activeSet } from '../../../../state/edits.ts';
import { GLOBAL, isCovered, useShortcuts } from '../../../../ui/keyboard.ts';
import type { FilePlace } from '../../pages.ts';
import { useScene } from '../../scene.ts';
import type { TextForm } from '../../text/FileText.tsx';
import type { ToLine } from '../../text/TextPane.tsx';
import { mayEdit, type FileForm } from './FileFormSwitch.tsx';

/** The form that a file is shown in, and the line to go to. E begins to edit. */
export type FileFormState = {
  readonly form: FileForm;
  readonly setForm: (form: FileForm) => void;
  readonly to: ToLine | null;
  /** shows a line: in the editor while that is open, else as it is written */
  readonly toLine: (line: number) => void;
  /** the editor or the history was asked for just now, so it takes the keys */
  readonly takes: boolean;
};

/** What is typed in, in the editor in front. */
const TYPED = '.ew .native-edit-context, .ew .monaco-editor textarea';

/** A file opens in the form that was asked for; one that is typed in and not saved opens in the editor. */
export function useFileForm(
  file: AgentFileDetail,
  first: TextForm,
  { line, form: asked }: Pick<FilePlace, 'line' | 'form'>,
): FileFormState {
  const { source } = useScene();
  const may = mayEdit(file);
  const [form, setShown] = useState<FileForm>(() => {
    if (asked === 'history') return 'history';
    if (asked === 'edit' && may) return 'edit';
    if (line !== null) return 'raw';
    const drafted = activeSet(editsOf(source)).edits.some(({ path }) => path === file.path);
    return drafted && may ? 'edit' : first;
  });
  const [takes, setTakes] = useState(asked !== null);
  const [to, setTo] = useState<ToLine | null>(line === null ? null : { line });
  const setForm = (next: FileForm) => {
    setTakes(false);
    setShown(next);
  };
  useShortcuts(GLOBAL, [
    {
      keys: 'e',
      label: 'Edit this file',
      when: () => may && !isCovered(),
      run: () => {
        if (form === 'edit') document.querySelector<HTMLElement>(TYPED)?.focus();
        setTakes(true);
        setShown('edit');
      },
    },
  ]);
  return {
    form,
    setForm,
    to,
    toLine: (next) => {
      if (form !== 'edit') setShown('raw');
      setTo({ line: next });
    },
    takes,
  };
}
