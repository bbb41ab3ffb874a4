import type { AgentFileDetail } from '../../../../../contract/agent-files.ts';
import { Segmented } from '../../../../ui/segmented/Segmented.tsx';
import type { TextForm } from '../../text/FileText.tsx';

/** How a file is shown: read, as it is written, edited, or what it was before. */
export type FileForm = TextForm | 'edit' | 'history';

type Props = {
  readonly file: Pick<AgentFileDetail, 'language' | 'text' | 'editing'>;
  readonly value: FileForm;
  readonly onChange: (form: FileForm) => void;
};

/** Whether a person may type in a file here. */
export const mayEdit = (file: Pick<AgentFileDetail, 'text' | 'editing'>): boolean =>
  file.editing.may && file.text !== null;

export function FileFormSwitch({ file, value, onChange }: Props) {
  const markdown = file.language === 'markdown' && file.text !== null;
  return (
    <Segmented<FileForm>
      label="Form"
      value={value}
      onChange={onChange}
      options={[
        ...(markdown ? [{ value: 'read' as const, label: 'Laid out' }] : []),
        { value: 'raw', label: 'As written' },
        ...(mayEdit(file) ? [{ value: 'edit' as const, label: 'Edit' }] : []),
        { value: 'history', label: 'History' },
      ]}
    />
  );
}
