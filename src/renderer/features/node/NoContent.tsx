import type { Content } from '../../../contract/vek.ts';
import { openIntegrity } from '../../state/tabs.ts';
import { Button } from '../../ui/button/Button.tsx';
import { shortHash } from '../../ui/format.ts';
import { copyHash } from '../copy/copy-call.ts';

type Props = { readonly source: string; readonly content: Content };

/** In place of a content that is not there or can't be read: what is so, and what can be done. */
export function NoContent({ source, content }: Props) {
  const gone = content.form === 'missing' || content.form === 'unreadable';
  return (
    <div className="n-words">
      <p>{wordsOf(content)}</p>
      {gone && (
        <div className="n-words-actions">
          <Button size="small" onClick={() => openIntegrity(source)}>
            Show in integrity
          </Button>
          <Button size="small" onClick={() => void copyHash(content.hash)}>
            Copy its hash
          </Button>
        </div>
      )}
    </div>
  );
}

function wordsOf(content: Content): string {
  switch (content.form) {
    case 'empty':
      return 'Empty blob: the Python tool reads it as null.';
    case 'missing':
      return `Object ${shortHash(content.hash)} is not in the store. This is not null: the call had a value here, and its bytes are gone; the Python tool reads it as null. A copy of the store that still has the object can give it back.`;
    case 'unreadable':
      return content.text === ''
        ? `Object ${shortHash(content.hash)} is in the store and can’t be read.`
        : content.text;
    default:
      return '';
  }
}
