import type { JsonNode } from '../../../../core/json/tree.ts';
import type { Path } from './path.ts';
import type { Patch } from './patch.ts';
import type { Trace } from './trace.ts';

/** A value that has no form of its own: a key and what stands there. */
export type Field = { readonly path: Path; readonly label: string; readonly node: JsonNode };

/** `title` names the key a part came from, where that says something; `path` leads to its place in the JSON. */
type Base = { readonly path: Path; readonly title: string | null };

export type TextPart = Base & { readonly kind: 'text'; readonly text: string; readonly prose: boolean };
export type MarkdownPart = Base & { readonly kind: 'markdown'; readonly text: string };
export type TerminalPart = Base & {
  readonly kind: 'terminal';
  readonly text: string;
  readonly stderr: boolean;
};
export type CommandPart = Base & { readonly kind: 'command'; readonly text: string };
export type DiffPart = Base & { readonly kind: 'diff'; readonly text: string; readonly patch: Patch };
export type PairPart = Base & {
  readonly kind: 'pair';
  readonly file: string | null;
  readonly before: string;
  readonly after: string;
};
export type TracePart = Base & { readonly kind: 'trace'; readonly text: string; readonly trace: Trace };
export type TablePart = Base & {
  readonly kind: 'table';
  readonly columns: readonly string[];
  /** null where a row has no such cell */
  readonly rows: readonly (readonly (JsonNode | null)[])[];
  /** the source, where it was one text */
  readonly text: string | null;
};
export type ImagePart = Base & {
  readonly kind: 'image';
  readonly mime: string;
  readonly base64: string;
  readonly bytes: number;
  readonly width: number | null;
  readonly height: number | null;
};
export type FieldsPart = Base & { readonly kind: 'fields'; readonly fields: readonly Field[] };
/** What lies inside one object or item, kept together. `text`: the JSON was itself written in a text. */
export type GroupPart = Base & {
  readonly kind: 'group';
  readonly parts: readonly Part[];
  readonly text: string | null;
};
export type ChatPart = Base & { readonly kind: 'chat'; readonly turns: readonly Turn[] };

export type Part =
  | TextPart
  | MarkdownPart
  | TerminalPart
  | CommandPart
  | DiffPart
  | PairPart
  | TracePart
  | TablePart
  | ImagePart
  | FieldsPart
  | GroupPart
  | ChatPart;

/** What one participant said, called or got back. `more` is what the record holds beside that. */
export type Turn = {
  readonly path: Path;
  readonly role: string;
  readonly name: string | null;
  /** why the model stopped */
  readonly finish: string | null;
  readonly blocks: readonly Block[];
  readonly more: readonly Field[];
};

export type Block = {
  readonly kind: 'words' | 'thinking' | 'call' | 'result' | 'other';
  readonly path: Path;
  readonly name: string | null;
  readonly id: string | null;
  /** arguments of a call as the model wrote them, where they are a text */
  readonly raw: string | null;
  readonly failed: boolean;
  readonly parts: readonly Part[];
  readonly more: readonly Field[];
};

/** The readable form of a content. `rich`: something gains by it; otherwise JSON says it as well. */
export type Reading = { readonly parts: readonly Part[]; readonly rich: boolean };
