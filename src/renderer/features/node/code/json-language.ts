/** The language id of JSON as vek stores it: with NaN, Infinity and -Infinity, and without any complaint. */
export const VEK_JSON = 'vek-json';

/** Monarch rules for `VEK_JSON`. Token names are the ones of `theme.ts`. */
export const VEK_JSON_RULES = {
  defaultToken: 'punct',
  tokenizer: {
    root: [
      [/"(?:[^"\\]|\\.)*"(?=\s*:)/, 'key'],
      [/"(?:[^"\\]|\\.)*"?/, 'string'],
      [/-?(?:\d+(?:\.\d*)?(?:[eE][-+]?\d+)?|Infinity)|NaN/, 'number'],
      [/\b(?:true|false|null)\b/, 'literal'],
      [/[{}[\],:]/, 'punct'],
      [/\s+/, ''],
    ],
  },
} as const;
