import { useSource } from '../../../../state/workspace.ts';
import { CopyButton } from '../../../../ui/copy/CopyButton.tsx';
import { visibleText } from '../../../../ui/visible-text.ts';
import { useScene } from '../../scene.ts';
import { commandLine } from './command-line.ts';
import './command.css';

type Props = {
  readonly label: string;
  readonly module: 'dream' | 'tuning';
  /** a path of the agent below the root, which tells whether the root is the agent itself */
  readonly path: string;
  readonly args: readonly string[];
};

/** A command of the Python package that does what Vekscope leaves to it, to be copied. */
export function Command({ label, module, path, args }: Props) {
  const { source, agent } = useScene();
  const root = useSource(source)?.path ?? null;
  const text = commandLine(module, agent, root, path, args);
  return (
    <p className="cmd">
      <span className="cmd-label">{label}</span>
      <code>{visibleText(text)}</code>
      <CopyButton text={() => text} label={`Copy the command: ${label}`} />
    </p>
  );
}
