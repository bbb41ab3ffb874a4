/** The colours and the font of a chart, as the document shows them now. */
export type TrendLook = {
  readonly font: string;
  readonly words: string;
  readonly grid: string;
  readonly threshold: string;
  readonly paper: string;
  readonly lines: readonly string[];
};

/** Tokens of the lines: the mean in the colour of text, the dimensions in those of a prompt's parts. */
export const LINE_TOKENS = [
  '--fg',
  '--part-indexes',
  '--part-pinned',
  '--part-journal',
  '--part-tools',
  '--part-recent',
] as const;

/** Reads the look from the document; a canvas knows no custom properties. */
export function readLook(uiSize: number): TrendLook {
  const style = getComputedStyle(document.documentElement);
  const of = (name: string): string => style.getPropertyValue(name).trim();
  return {
    font: `${uiSize - 2}px ${of('--font-ui')}`,
    words: of('--fg-subtle'),
    grid: of('--line'),
    threshold: of('--line-control'),
    paper: of('--bg-surface'),
    lines: LINE_TOKENS.map(of),
  };
}
