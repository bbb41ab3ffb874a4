import { lazy, Suspense, type ReactNode } from 'react';
import type { AgentFileDetail } from '../../../../../contract/agent-files.ts';
import { SkeletonRows } from '../../../../ui/skeleton/Skeleton.tsx';
import { TextOf } from '../../text/FileText.tsx';
import { FileHistory } from '../history/FileHistory.tsx';
import type { FileFormState } from './use-file-form.ts';

const Editor = lazy(async () => ({ default: (await import('../../../editor/Editor.tsx')).Editor }));

type Props = {
  readonly file: AgentFileDetail;
  readonly state: FileFormState;
  /** what stands beside the text while it is read */
  readonly side: ReactNode;
};

/** A file in the form that was chosen. */
export function FileBody({ file, state, side }: Props) {
  if (state.form === 'edit') {
    return (
      <Suspense fallback={<SkeletonRows rows={8} label="Opening the editor" />}>
        <Editor key={file.path} file={file} to={state.to} takes={state.takes} />
      </Suspense>
    );
  }
  if (state.form === 'history') return <FileHistory path={file.path} takes={state.takes} />;
  return (
    <div className="ag-beside">
      <div className="ag-beside-main">
        <TextOf file={file} form={state.form} to={state.to} />
      </div>
      {side}
    </div>
  );
}
