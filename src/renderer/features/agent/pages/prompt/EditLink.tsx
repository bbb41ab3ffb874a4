import { visibleText } from '../../../../ui/visible-text.ts';
import { useScene } from '../../scene.ts';

type Props = { readonly path: string; readonly title: string };

/** Opens the file of a part in the editor; nothing for the journal, of which a person only adds entries. */
export function EditLink({ path, title }: Props) {
  const { go } = useScene();
  if (/(?:^|\/)journal\//.test(path)) return null;
  return (
    <button
      type="button"
      className="ag-link ag-file-link"
      aria-label={`Edit ${visibleText(title)}`}
      onClick={() => go('file', `${path}#edit`)}
    >
      Edit
    </button>
  );
}
