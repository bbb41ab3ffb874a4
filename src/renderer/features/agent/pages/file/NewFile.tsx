import { FilePlus2 } from 'lucide-react';
import type { AgentFileDetail } from '../../../../../contract/agent-files.ts';
import type { DraftFile } from '../../../../../contract/drafts.ts';
import type { FileEdit } from '../../../../../contract/edits.ts';
import { api } from '../../../../app/engine.ts';
import { useAnswer } from '../../../../app/use-answer.ts';
import { Badge } from '../../../../ui/badge/Badge.tsx';
import { FailureState } from '../../../../ui/empty/FailureState.tsx';
import { SkeletonRows } from '../../../../ui/skeleton/Skeleton.tsx';
import { visibleText } from '../../../../ui/visible-text.ts';
import { belowAgent } from '../../pages.ts';
import { PageHead } from '../../parts/PageHead.tsx';
import { UnsavedMark } from '../../parts/UnsavedMark.tsx';
import { useScene } from '../../scene.ts';
import { FileBody } from './FileBody.tsx';
import { kindWords } from './kind-words.ts';

const STAYS = {
  form: 'edit',
  setForm: () => undefined,
  to: null,
  toLine: () => undefined,
  takes: true,
} as const;

/** A file that is written for the first time: it stands in a change set only, and is edited there. */
export function NewFile({ draft }: { readonly draft: FileEdit }) {
  const { source, agent, today } = useScene();
  const { path } = draft;
  const { value, error } = useAnswer(source, `new ${path}`, () =>
    api.edits.draft({ source, today, edits: [draft] }),
  );
  const made = value?.files.find((file) => file.path === path) ?? null;
  if (made === null) {
    return error === null ? <SkeletonRows rows={8} label="Reading" /> : <FailureState error={error} />;
  }
  return (
    <>
      <PageHead
        title={<bdi className="mono">{visibleText(belowAgent(path, agent))}</bdi>}
        badges={
          <>
            <UnsavedMark path={path} />
            <Badge tone="ok">new</Badge>
            <Badge>{kindWords(made.kind)}</Badge>
          </>
        }
      />
      <p className="ag-locked" role="note">
        <FilePlus2 className="icon" size={14} aria-hidden />
        <span>There is no such file yet. Saving makes it.</span>
      </p>
      <FileBody file={detailOf(made)} state={STAYS} side={null} />
    </>
  );
}

const LANGUAGES: Readonly<Record<string, AgentFileDetail['language']>> = {
  md: 'markdown',
  json: 'json',
  jsonl: 'jsonl',
  py: 'python',
};

/** What a file is before there is one: its text on disk is empty, and it has no hash. */
function detailOf(file: DraftFile): AgentFileDetail {
  const { path, kind, loaded, why, writtenBy, findings, groups } = file;
  const name = path.split('/').at(-1) ?? path;
  return {
    path,
    name,
    kind,
    loaded,
    why,
    writtenBy,
    findings,
    groups,
    bytes: 0,
    modifiedMicros: 0,
    text: '',
    noText: null,
    language: LANGUAGES[name.split('.').at(-1) ?? ''] ?? 'text',
    sha256: '',
    lineEnds: 'none',
    tokens: 0,
    editing: { may: true },
  };
}
