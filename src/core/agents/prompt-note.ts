import type { NoteFile } from './parts/note.ts';
import { yamlText } from '../yaml/yaml-value.ts';

/** A note as it stands in the prompt. */
export function noteText(note: NoteFile): string {
  const { meta, body } = note.fm;
  const name = meta.has('name') ? yamlText(meta.get('name')) : note.name.replace(/\.md$/, '');
  const seen = note.lastSeen === null ? 'None' : note.lastSeen.text;
  const head = `name: ${name}\ntype: ${yamlText(note.type)}\nconfidence: ${yamlText(note.confidence)}\nlast_seen: ${seen}`;
  return `# ${note.name}\n\n${head}\n\n${body}`;
}
