/** The colours of an editor, by the tokens of the document's theme (design/tokens.css). */
export type CodeTheme = {
  readonly base: 'vs' | 'vs-dark';
  readonly inherit: false;
  readonly rules: { token: string; foreground: string }[];
  readonly colors: Record<string, string>;
};

/** Reads the theme that the document shows now. `read` gives the value of a custom property, such as `#1A1D23`. */
export function codeTheme(dark: boolean, read: (name: string) => string): CodeTheme {
  const colour = (name: string): string => longHex(read(name).trim());
  const ink = (token: string, name: string) => ({ token, foreground: colour(name).replace('#', '') });
  const none = '#00000000';
  return {
    base: dark ? 'vs-dark' : 'vs',
    inherit: false,
    rules: [
      ink('', '--fg'),
      ink('key', '--j-key'),
      ink('string', '--j-str'),
      ink('number', '--j-num'),
      ink('literal', '--j-lit'),
      ink('punct', '--j-punct'),
    ],
    colors: {
      foreground: colour('--fg'),
      focusBorder: colour('--focus'),
      'editor.background': colour('--bg-surface'),
      'editor.foreground': colour('--fg'),
      'editor.selectionBackground': colour('--chg-mark'),
      'editor.inactiveSelectionBackground': colour('--bg-active'),
      'editor.lineHighlightBackground': none,
      'editor.foldBackground': colour('--bg-hover'),
      'editor.foldPlaceholderForeground': colour('--fg-muted'),
      'editor.findMatchBackground': colour('--chg-mark'),
      'editor.findMatchHighlightBackground': colour('--add-mark'),
      'editorLineNumber.foreground': colour('--fg-subtle'),
      'editorLineNumber.activeForeground': colour('--fg-subtle'),
      'editorGutter.foldingControlForeground': colour('--fg-muted'),
      'editorCursor.foreground': colour('--fg'),
      'editorIndentGuide.background1': colour('--line'),
      'editorIndentGuide.activeBackground1': colour('--line-strong'),
      'editorUnicodeHighlight.border': colour('--warn'),
      'editorUnicodeHighlight.background': colour('--warn-soft'),
      'editorError.foreground': colour('--bad'),
      'editorWarning.foreground': colour('--warn'),
      'editorInfo.foreground': colour('--accent'),
      'editorWhitespace.foreground': colour('--fg-subtle'),
      'editorWidget.background': colour('--bg-raised'),
      'editorWidget.foreground': colour('--fg'),
      'editorWidget.border': colour('--line-strong'),
      'editorHoverWidget.background': colour('--bg-raised'),
      'editorHoverWidget.border': colour('--line-strong'),
      'input.background': colour('--bg-surface'),
      'input.foreground': colour('--fg'),
      'input.border': colour('--line-control'),
      'input.placeholderForeground': colour('--fg-subtle'),
      'inputOption.activeBackground': colour('--accent-soft'),
      'inputOption.activeForeground': colour('--accent'),
      'inputOption.activeBorder': none,
      'icon.foreground': colour('--fg-muted'),
      'scrollbar.shadow': none,
      'scrollbarSlider.background': `${colour('--line-control')}66`,
      'scrollbarSlider.hoverBackground': `${colour('--line-control')}99`,
      'scrollbarSlider.activeBackground': `${colour('--line-control')}cc`,
      'editor.rangeHighlightBackground': none,
      'diffEditor.insertedLineBackground': colour('--add-bg'),
      'diffEditor.removedLineBackground': colour('--del-bg'),
      'diffEditor.insertedTextBackground': colour('--add-mark'),
      'diffEditor.removedTextBackground': colour('--del-mark'),
      'diffEditorGutter.insertedLineBackground': colour('--add-bg'),
      'diffEditorGutter.removedLineBackground': colour('--del-bg'),
      'diffEditor.diagonalFill': colour('--line'),
      'diffEditor.border': colour('--line'),
      'diffEditor.unchangedRegionBackground': colour('--bg-sunken'),
      'diffEditor.unchangedRegionForeground': colour('--fg-muted'),
      'diffEditor.unchangedRegionShadow': none,
      'diffEditor.unchangedCodeBackground': none,
      'diffEditorOverview.insertedForeground': colour('--ok'),
      'diffEditorOverview.removedForeground': colour('--bad'),
      'sash.hoverBorder': colour('--line-control'),
      'widget.border': colour('--line-strong'),
      'widget.shadow': '#00000026',
    },
  };
}

/** Monaco wants six digits; a minified style sheet may say `#fff`. */
function longHex(colour: string): string {
  return /^#[0-9a-f]{3}$/i.test(colour) ? colour.replace(/[0-9a-f]/gi, '$&$&') : colour;
}
