import { editor, KeyCode, KeyMod, languages, MarkerSeverity, Range, Uri } from 'monaco-editor/editor';
// oxlint-disable-next-line import/default -- vite makes the default export
import EditorWorker from 'monaco-editor/editor/editor.worker?worker';
import 'monaco-editor/features/clipboard/register';
import 'monaco-editor/features/codicon/register';
import 'monaco-editor/features/find/register';
import 'monaco-editor/features/folding/register';
import 'monaco-editor/features/hover/register';
import 'monaco-editor/features/lineSelection/register';
import 'monaco-editor/features/longLinesHelper/register';
import 'monaco-editor/features/unicodeHighlighter/register';
import 'monaco-editor/features/wordOperations/register';
import { codeFont } from './font.ts';
import { VEK_JSON, VEK_JSON_RULES } from './json-language.ts';
import { codeTheme } from './theme.ts';

export { editor, KeyCode, KeyMod, MarkerSeverity, Range, Uri };

/** The one theme of all editors; it follows the document's. */
export const THEME = 'vekscope';

Object.assign(globalThis, { MonacoEnvironment: { getWorker: () => new EditorWorker() } });
languages.register({ id: VEK_JSON });
languages.setMonarchTokensProvider(VEK_JSON, VEK_JSON_RULES as unknown as languages.IMonarchLanguage);
languages.setLanguageConfiguration(VEK_JSON, { colorizedBracketPairs: [] });

// keys of the window that the editor would take for itself, or wait after for a second one
editor.addKeybindingRules(
  [
    KeyMod.CtrlCmd | KeyCode.KeyK,
    KeyMod.Alt | KeyCode.KeyW,
    KeyMod.Alt | KeyCode.PageDown,
    KeyMod.Alt | KeyCode.PageUp,
  ].map((keybinding) => ({ keybinding, command: null })),
);

/** Follows the document's theme: the colours are its tokens, not Monaco's. */
function applyTheme(): void {
  const root = document.documentElement;
  const style = getComputedStyle(root);
  editor.defineTheme(
    THEME,
    codeTheme(root.dataset['theme'] === 'dark', (name) => style.getPropertyValue(name)),
  );
  editor.setTheme(THEME);
}
applyTheme();
new MutationObserver(applyTheme).observe(document.documentElement, { attributeFilter: ['data-theme'] });

/** Follows the font that the person set, in every open editor. */
function applyFont(): void {
  for (const open of editor.getEditors()) open.updateOptions(codeFont());
}
new MutationObserver(applyFont).observe(document.documentElement, {
  attributeFilter: ['data-code-font', 'style'],
});

/** What every editor of the window has in common: a text to read, with nothing that asks or suggests. */
export const READ_OPTIONS = {
  theme: THEME,
  readOnly: true,
  domReadOnly: true,
  automaticLayout: true,
  tabFocusMode: true,
  contextmenu: false,
  links: false,
  fontLigatures: false,
  lineNumbersMinChars: 3,
  lineDecorationsWidth: 16,
  glyphMargin: false,
  folding: true,
  foldingStrategy: 'indentation',
  showFoldingControls: 'always',
  minimap: { enabled: false },
  stickyScroll: { enabled: false },
  scrollBeyondLastLine: false,
  overviewRulerLanes: 0,
  overviewRulerBorder: false,
  hideCursorInOverviewRuler: true,
  renderLineHighlight: 'none',
  occurrencesHighlight: 'off',
  matchBrackets: 'never',
  bracketPairColorization: { enabled: false },
  guides: { indentation: false, bracketPairs: false },
  padding: { top: 4, bottom: 4 },
  scrollbar: { verticalScrollbarSize: 10, horizontalScrollbarSize: 10, alwaysConsumeMouseWheel: false },
  // what could mislead the eye is made visible; nothing asks, and nothing changes the text
  renderControlCharacters: true,
  unusualLineTerminators: 'off',
  unicodeHighlight: { ambiguousCharacters: false, invisibleCharacters: true, nonBasicASCII: false },
  find: { addExtraSpaceOnTop: false, seedSearchStringFromSelection: 'selection' },
  wordBasedSuggestions: 'off',
  quickSuggestions: false,
} as const satisfies editor.IStandaloneEditorConstructionOptions;
