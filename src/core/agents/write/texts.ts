import { ok, fail, type Result } from '../../result.ts';
import { limits } from '../../storage/limits.ts';
import type { EditContext } from '../edit/context.ts';
import { readObject } from './objects.ts';
import { editStore } from './store.ts';

/** Bytes as text with its own line ends and BOM; null: no UTF-8 text. */
export function utf8(bytes: Uint8Array): string | null {
  if (bytes.includes(0)) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

export function tooLarge(path: string, bytes: number): ReturnType<typeof fail> {
  return fail(
    'too-large',
    `${path} has ${bytes} bytes, more than the ${limits.agentFileBytes} that are written.`,
    'Change it with another program.',
  );
}

/** Why bytes can't be written as a text of a file, or changed by a text; null where they can. */
export function noText(path: string, bytes: Uint8Array): ReturnType<typeof fail> | null {
  if (bytes.length > limits.agentFileBytes) return tooLarge(path, bytes.length);
  if (utf8(bytes) !== null) return null;
  return fail(
    'refused',
    `${path} is not UTF-8 text, so a change of its text would change other bytes too.`,
    'Save it as UTF-8 with another program first.',
  );
}

/** A text that is kept by its hash: a former text of a file, or what an edit was made from. */
export function baseText(ctx: EditContext, sha256: string): Result<string> {
  const store = editStore(ctx);
  if (!store.ok) return store;
  const bytes = readObject(store.value.objects, sha256);
  if (!bytes.ok) return bytes;
  const text = utf8(bytes.value);
  return text === null
    ? fail('refused', 'What is kept is no UTF-8 text.', 'It can’t be shown or written as text.')
    : ok(text);
}
