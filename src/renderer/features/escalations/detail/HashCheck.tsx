import type { Escalation } from '../../../../contract/escalations.ts';
import { Badge } from '../../../ui/badge/Badge.tsx';
import { CopyButton } from '../../../ui/copy/CopyButton.tsx';
import { shortHash } from '../../../ui/format.ts';
import { visibleText } from '../../../ui/visible-text.ts';
import { hashWords } from '../words.ts';

/** Whether the arguments still have the hash that was judged, in words. */
export function HashCheck({ one }: { readonly one: Escalation }) {
  const { label, tone } = hashWords(one);
  return (
    <p className="es-hash">
      <Badge tone={tone}>{label}</Badge>
      <span>{visibleText(one.hashWhy)}</span>
      {one.argumentsHash !== null && (
        <span className="es-quiet">
          stated <Hash hash={one.argumentsHash} name="stated" />
          {one.computedHash !== null && one.hashOk === false && (
            <>
              , computed <Hash hash={one.computedHash} name="computed" />
            </>
          )}
        </span>
      )}
    </p>
  );
}

function Hash({ hash, name }: { readonly hash: string; readonly name: string }) {
  return (
    <span className="es-hash-of">
      <code title={hash}>{shortHash(hash.replace(/^sha256:/i, ''))}</code>
      <CopyButton text={() => hash} label={`Copy the ${name} hash`} />
    </span>
  );
}
