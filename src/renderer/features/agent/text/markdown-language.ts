/** The language id of an agent's Markdown: headings, keys of the frontmatter and code stand out, nothing else. */
export const AGENT_MARKDOWN = 'agent-markdown';

/** Monarch rules for `AGENT_MARKDOWN`. Token names are the ones of `node/code/theme.ts`. */
export const MARKDOWN_RULES = {
  defaultToken: '',
  tokenizer: {
    root: [
      [/^#{1,6}\s.*$/, 'key'],
      [/^\s*(?:`{3,}|~{3,}).*$/, 'string', '@fence'],
      [/^---\s*$/, 'punct'],
      [/^[a-z_]{2,40}(?=:(?:\s|$))/, 'key'],
      [/^\s*(?:[-*+]|\d+\.)\s/, 'punct'],
      [/`[^`]+`/, 'string'],
      [/\*\*[^*]+\*\*/, 'literal'],
      [/[^`*]+/, ''],
      [/[`*]/, ''],
    ],
    fence: [
      [/^\s*(?:`{3,}|~{3,})\s*$/, 'string', '@pop'],
      [/#.*$/, 'punct'],
      [/"(?:[^"\\]|\\.)*"|'[^']*'/, 'string'],
      [/[A-Za-z_][\w-]*(?=\s*:(?:\s|$))/, 'key'],
      [/\b(?:true|false|null)\b/, 'literal'],
      [/-?\b\d+(?:\.\d+)?\b/, 'number'],
      [/[A-Za-z_][\w-]*/, ''],
      [/[^\s]/, ''],
      [/\s+/, ''],
    ],
  },
} as const;
