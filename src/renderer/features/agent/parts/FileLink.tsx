import { hintText, visibleText } from '../../../ui/visible-text.ts';
import { belowAgent } from '../pages.ts';
import { useScene } from '../scene.ts';

type Props = {
  readonly path: string;
  /** the words of the link; the path below the agent without them */
  readonly children?: string | undefined;
};

/** Opens a file of the agent on its page. */
export function FileLink({ path, children }: Props) {
  const { agent, go } = useScene();
  return (
    <button
      type="button"
      className="ag-link mono ag-file-link"
      title={hintText(path)}
      onClick={() => go('file', path)}
    >
      <bdi>{visibleText(children ?? belowAgent(path, agent))}</bdi>
    </button>
  );
}
