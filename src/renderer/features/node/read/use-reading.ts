import { useEffect, useMemo, useState } from 'react';
import type { Content } from '../../../../contract/vek.ts';
import { parseJson, parsePrefix } from '../../../../core/json/parse.ts';
import type { JsonNode } from '../../../../core/json/tree.ts';
import { limits } from './limits.ts';
import type { Reading } from './parts.ts';
import type * as Views from './ReadView.tsx';

type Module = Pick<typeof Views, 'ReadView' | 'readContent'>;

let loaded: Module | null = null;

/** The readers and their views, fetched when the first content is shown. */
function useModule(): Module | null {
  const [module, setModule] = useState(loaded);
  useEffect(() => {
    let gone = false;
    if (loaded === null) {
      const load = async () => {
        loaded = await import('./ReadView.tsx');
        if (!gone) setModule(loaded);
        // most models write Markdown: its layout is there before the first text wants it
        void import('./MarkdownBody.tsx');
      };
      void load();
    }
    return () => {
      gone = true;
    };
  }, []);
  return module;
}

export type Readable =
  | { readonly state: 'waiting' }
  /** JSON says it as well, or it is too large or no text at all */
  | { readonly state: 'plain' }
  | {
      readonly state: 'rich';
      readonly root: JsonNode;
      readonly reading: Reading;
      readonly View: Module['ReadView'];
    };

const PLAIN: Readable = { state: 'plain' };
const WAITING: Readable = { state: 'waiting' };

/** The readable form of a content; `plain` where there is nothing to gain by one. */
export function useReading(content: Content, tool: string): Readable {
  const module = useModule();
  const { form, text, cut } = content;
  return useMemo(() => {
    const large = text.length > limits.contentChars;
    if ((form !== 'json' && form !== 'text') || large) return PLAIN;
    if (module === null) return WAITING;
    const root = form === 'text' ? textNode(text) : treeOf(text, cut);
    if (root === null) return PLAIN;
    const reading = module.readContent(root, tool);
    return reading.rich ? { state: 'rich', root, reading, View: module.ReadView } : PLAIN;
  }, [module, form, text, cut, tool]);
}

const textNode = (value: string): JsonNode => ({ kind: 'string', value });

/** The tree of the shown text; of a beginning, what can be read of it. */
function treeOf(text: string, cut: boolean): JsonNode | null {
  if (cut) return parsePrefix(text).node;
  const parsed = parseJson(text);
  return parsed.ok ? parsed.node : null;
}
