import { Copy, Ellipsis, PencilLine, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { AgentFileDetail, AgentFileKind } from '../../../../../contract/agent-files.ts';
import { askEdit } from '../../../../state/edit-form.ts';
import { IconButton } from '../../../../ui/button/Button.tsx';
import { Menu, type MenuEntry } from '../../../../ui/menu/Menu.tsx';
import { useScene } from '../../scene.ts';
import { mayEdit } from './FileFormSwitch.tsx';
import { RenameDialog } from './RenameDialog.tsx';

/** Files whose name a person chose, and that stand alone in their folder. */
const RENAMED: ReadonlySet<AgentFileKind> = new Set([
  'memory-note',
  'wiki-page',
  'eval-golden',
  'eval-regression',
]);
/** Files that an agent can be without. */
const DELETED: ReadonlySet<AgentFileKind> = new Set<AgentFileKind>([
  ...RENAMED,
  'skill',
  'playbook',
  'goal',
  'mandates',
  'judges',
  'mcp',
  'roster',
  'governance',
  'serve',
  'targets',
]);

/** What can be done with a whole file: a new name, or none of it. Each is shown before it is written. */
export function FileMenu({ file }: { readonly file: AgentFileDetail }) {
  const { source, go } = useScene();
  const [renaming, setRenaming] = useState(false);
  const { path, kind, sha256, text } = file;
  if (text === null) return null;
  const may = mayEdit(file);
  const entries = (): readonly MenuEntry[] => [
    { label: 'Copy the text', icon: Copy, run: () => void navigator.clipboard.writeText(text) },
    ...(may && RENAMED.has(kind)
      ? [{ label: 'Rename…', icon: PencilLine, run: () => setRenaming(true) }]
      : []),
    ...(may && DELETED.has(kind)
      ? [
          {
            label: 'Delete…',
            icon: Trash2,
            danger: true,
            run: () =>
              askEdit({
                source,
                change: { do: 'save', edits: [{ path, base: sha256, text: null }], label: null },
                done: () => go(kind === 'memory-note' ? 'memory' : kind === 'wiki-page' ? 'wiki' : 'files'),
              }),
          },
        ]
      : []),
  ];
  return (
    <>
      <Menu
        align="end"
        entries={entries}
        trigger={<IconButton icon={Ellipsis} label="More for this file" />}
      />
      {renaming && (
        <RenameDialog
          name={file.name}
          onClose={() => setRenaming(false)}
          onRename={(name) => {
            const to = path.slice(0, path.length - file.name.length) + name;
            setRenaming(false);
            askEdit({
              source,
              change: {
                do: 'save',
                label: null,
                edits: [
                  { path: to, base: null, text },
                  { path, base: sha256, text: null },
                ],
              },
              done: () => go('file', to),
            });
          }}
        />
      )}
    </>
  );
}
