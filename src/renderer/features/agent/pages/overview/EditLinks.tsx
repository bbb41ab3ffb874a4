import type { AgentFile } from '../../../../../contract/agent-files.ts';
import type { PromptPiece } from '../../../../../contract/prompt.ts';
import { visibleText } from '../../../../ui/visible-text.ts';
import { groupOf } from '../../bar/groups.ts';
import { useScene } from '../../scene.ts';

/** What makes the agent who it is: its persona, also a shared one, its tools and its model. */
function filesOfAgent(pieces: readonly PromptPiece[], files: readonly AgentFile[]): readonly string[] {
  const sent = pieces.flatMap((piece) => {
    const { id } = groupOf(piece);
    return piece.path !== null && (id === 'persona' || id === 'tools') ? [piece.path] : [];
  });
  return [...new Set([...sent, ...files.filter(({ kind }) => kind === 'model').map(({ path }) => path)])];
}

/** Ways into the editor from the first page. */
export function EditLinks() {
  const { files, prompt, go } = useScene();
  const paths = filesOfAgent(prompt.value?.pieces ?? [], files.value ?? []);
  return paths.map((path, at) => (
    <span key={path}>
      {at > 0 && ', '}
      <button
        type="button"
        className="ag-link"
        aria-label={`Edit ${visibleText(path)}`}
        onClick={() => go('file', `${path}#edit`)}
      >
        <bdi>{visibleText(path.split('/').at(-1) ?? path)}</bdi>
      </button>
    </span>
  ));
}
