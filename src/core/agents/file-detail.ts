import type { AgentFileDetail, FileEditing } from '../../contract/agent-files.ts';
import { ok, type Result } from '../result.ts';
import { coveredText, hiddenValues } from './edit/secrets.ts';
import { inspectFile } from './file-inspect.ts';
import type { AgentFolder, FolderFile } from './folder.ts';
import { mayWrite } from './may-write.ts';
import { finding, tokensOf } from './parts/read.ts';

/**
 * One file as text and as what the runtime makes of it. Secrets in the environment of `mcp.md` are replaced before the
 * text leaves; a finding says how many.
 */
export function fileDetail(
  folder: AgentFolder,
  path: string,
  nowMicros = Date.now() * 1000,
): Result<AgentFileDetail> {
  const read = folder.text(path);
  if (!read.ok) return read;
  const file = read.value;
  const name = path.slice(path.lastIndexOf('/') + 1);
  const seen = inspectFile(folder, file, nowMicros);
  const hidden = hiddenValues(path, file.text ?? '');
  const secrets =
    hidden === 0
      ? []
      : [
          finding(
            'notice',
            `${hidden === 1 ? 'A value' : `${hidden} values`} of env ${hidden === 1 ? 'is' : 'are'} hidden here.`,
          ),
        ];
  return ok({
    path,
    name,
    kind: seen.place.kind,
    bytes: file.bytes,
    modifiedMicros: file.modifiedMicros,
    loaded: seen.loaded,
    why: seen.why,
    writtenBy: seen.place.writtenBy,
    findings: [...seen.findings, ...secrets],
    text: file.text === null ? null : coveredText(path, file.text),
    noText: file.noText,
    language: languageOf(name),
    sha256: file.sha256,
    lineEnds: file.lineEnds,
    tokens: tokensOf(file.text ?? ''),
    groups: seen.groups(),
    editing: editingOf(file, mayWrite(seen.place)),
  });
}

/** A file that is no text of ours can't be written as text. */
function editingOf(file: FolderFile, may: FileEditing): FileEditing {
  if (!may.may || file.text !== null) return may;
  return { may: false, why: `Its text can't be edited. ${file.noText ?? ''}`.trimEnd(), through: null };
}

function languageOf(name: string): AgentFileDetail['language'] {
  if (name.endsWith('.md')) return 'markdown';
  if (name.endsWith('.jsonl')) return 'jsonl';
  if (name.endsWith('.json')) return 'json';
  return name.endsWith('.py') ? 'python' : 'text';
}
