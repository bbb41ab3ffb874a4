import { PencilLine } from 'lucide-react';
import { Button } from '../../../ui/button/Button.tsx';
import { GLOBAL, isCovered, useShortcuts } from '../../../ui/keyboard.ts';
import { useScene } from '../scene.ts';

/** Opens a file in the editor, on its own page; E does the same. One at a time on a page. */
export function EditButton({ path }: { readonly path: string }) {
  const { go } = useScene();
  const edit = () => go('file', `${path}#edit`);
  useShortcuts(GLOBAL, [{ keys: 'e', label: 'Edit this file', when: () => !isCovered(), run: edit }]);
  return (
    <Button size="small" icon={PencilLine} onClick={edit}>
      Edit
    </Button>
  );
}
