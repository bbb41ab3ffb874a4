/** The font of an editor, by the custom properties of the document: what the person set. */
export function codeFont(): { fontFamily: string; fontSize: number; lineHeight: number } {
  const style = getComputedStyle(document.documentElement);
  const size = Number(style.getPropertyValue('--code-size')) || 12;
  return { fontFamily: style.getPropertyValue('--font-mono').trim(), fontSize: size, lineHeight: size + 6 };
}
