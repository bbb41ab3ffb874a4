import type { CapGauge } from './costs.ts';
import type { AgentFile, FileFinding, ReadingGroup } from './agent-files.ts';

/** A replacement in a text. Offsets in UTF-16 units of the text as it was given. */
export type TextEdit = { readonly from: number; readonly to: number; readonly text: string };

/** What would mend a finding: exactly these places of the same text. */
export type FileFix = { readonly label: string; readonly edits: readonly TextEdit[] };

/** A finding about a text that is being written. */
export type DraftFinding = FileFinding & { readonly fix: FileFix | null };

/** How a prompt changes in size. Tokens are characters / 4. */
export type PromptEffect = {
  readonly agent: string;
  readonly beforeTokens: number;
  readonly afterTokens: number;
  readonly limitTokens: number;
  /** pieces that differ; null: there is no such piece */
  readonly pieces: readonly {
    readonly key: string;
    readonly title: string;
    readonly path: string | null;
    readonly beforeTokens: number | null;
    readonly afterTokens: number | null;
  }[];
  /** what is no longer sent, or newly sent, by its path */
  readonly leaves: readonly string[];
  readonly enters: readonly string[];
  /** why the runtime would not load the agent afterwards, and would have before */
  readonly blocking: readonly string[];
};

/** A text that is being written, as the runtime would take it. */
export type DraftFile = Pick<AgentFile, 'path' | 'kind' | 'writtenBy' | 'loaded' | 'why'> & {
  readonly findings: readonly DraftFinding[];
  readonly groups: readonly ReadingGroup[];
  readonly tokens: number;
  /** what stands on disk now; null: nothing */
  readonly disk: string | null;
  /** it is another one than the text was made from */
  readonly moved: boolean;
};

export type Draft = {
  readonly files: readonly DraftFile[];
  readonly prompts: readonly PromptEffect[];
  /** of files that set caps: what was spent against the caps as they would be */
  readonly caps: readonly CapGauge[];
};

/** One answer that a template asks for. */
export type TemplateField = {
  readonly key: string;
  readonly label: string;
  readonly help: string;
  readonly type: 'text' | 'lines' | 'choice' | 'date';
  readonly options: readonly string[];
  readonly required: boolean;
  readonly value: string;
};

/** A file, or a few that belong together, that can be made by the rules of the format. */
export type Template = {
  readonly id: string;
  readonly title: string;
  readonly about: string;
  readonly group: 'memory' | 'wiki' | 'goals' | 'skills' | 'settings' | 'governing' | 'agent';
  readonly fields: readonly TemplateField[];
  /** why it can't be made here, in words; null where it can */
  readonly blocked: string | null;
};

/** A place at which a text was found. Offsets within the line. */
export type SearchHit = {
  readonly path: string;
  readonly line: number;
  readonly text: string;
  readonly from: number;
  readonly to: number;
};
export type SearchAnswer = {
  readonly hits: readonly SearchHit[];
  readonly files: number;
  /** why not everything was searched or listed, in words; empty where it was */
  readonly left: readonly string[];
};
