import { Plus } from 'lucide-react';
import { askNewFile } from '../../../state/new-file-form.ts';
import { Button } from '../../../ui/button/Button.tsx';
import { useScene } from '../scene.ts';

type Props = {
  readonly children: string;
  /** the template that the dialog opens with */
  readonly template: string;
};

/** Makes a file of this agent from a template of the format. */
export function NewButton({ children, template }: Props) {
  const { source, agent } = useScene();
  return (
    <Button size="small" icon={Plus} onClick={() => askNewFile({ source, agent, template })}>
      {children}
    </Button>
  );
}
