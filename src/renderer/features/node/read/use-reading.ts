import { useEffect, useMemo, useState } from 'react';
import type { Content } from '../../../../contract/vek.ts';
import { parseJson, parsePrefix } from '../../../../core/json/parse.ts';
import type { JsonNode } from '../../../../core/json/tree.ts';
import { logFault } from '../../../app/error-log.ts';
import { limits } from './limits.ts';
import type { Reading } from './parts.ts';
import type * as Views from './ReadView.tsx';

type Module = Pick<typeof Views, 'ReadView' | 'readContent'>;

let loaded: Module | null = null;

/** The readers and their views, fetched when the first content is shown; `failed` leaves every content as JSON. */
function useModule(): Module | 'failed' | null {
  const [module, setModule] = useState<Module | 'failed' | null>(loaded);
  useEffect(() => {
    let gone = false;
    const load = async () => {
      try {
        loaded = await import('./ReadView.tsx');
        if (!gone) setModule(loaded);
        // most models write Markdown: its layout is there before the first text wants it
        await import('./MarkdownBody.tsx');
      } catch (error) {
        logFault('view-error', error);
        if (!gone && loaded === null) setModule('failed');
      }
    };
    if (loaded === null) void load();
    return () => {
      gone = true;
    };
  }, []);
  return module;
}

export type Readable =
  | { readonly state: 'waiting' }
  /** large, and JSON is wanted: it is read when its other form is asked for */
  | { readonly state: 'unread' }
  /** JSON says it as well, or it is no text at all */
  | { readonly state: 'plain' }
  /** larger than what is taken apart */
  | { readonly state: 'large' }
  | {
      readonly state: 'rich';
      readonly root: JsonNode;
      readonly reading: Reading;
      readonly View: Module['ReadView'];
    };

const PLAIN: Readable = { state: 'plain' };
const LARGE: Readable = { state: 'large' };
const WAITING: Readable = { state: 'waiting' };
const UNREAD: Readable = { state: 'unread' };

/** The readable form of a content; `plain` where there is nothing to gain by one, `large` where it is too large. */
export function useReading(content: Content, tool: string, wanted: boolean): Readable {
  const module = useModule();
  const { form, text, cut } = content;
  return useMemo(() => {
    if (form !== 'json' && form !== 'text') return PLAIN;
    if (text.length > limits.contentChars) return LARGE;
    if (!wanted && text.length > limits.unaskedChars) return UNREAD;
    if (module === null) return WAITING;
    if (module === 'failed') return PLAIN;
    const root = form === 'text' ? textNode(text) : treeOf(text, cut);
    if (root === null) return PLAIN;
    const reading = module.readContent(root, tool);
    return reading.rich ? { state: 'rich', root, reading, View: module.ReadView } : PLAIN;
  }, [module, form, text, cut, tool, wanted]);
}

const textNode = (value: string): JsonNode => ({ kind: 'string', value });

/** The tree of the shown text; of a beginning, what can be read of it. */
function treeOf(text: string, cut: boolean): JsonNode | null {
  if (cut) return parsePrefix(text).node;
  const parsed = parseJson(text);
  return parsed.ok ? parsed.node : null;
}
