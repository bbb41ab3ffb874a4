/** Stored JSON with line breaks, every sign of its values kept; what is no JSON stays as it is. */
export function indented(text: string): string {
  let out = '';
  let depth = 0;
  let inString = false;
  const line = () => `\n${'  '.repeat(Math.min(depth, 40))}`;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at] ?? '';
    if (inString) {
      out += sign;
      if (sign === '\\') out += text[++at] ?? '';
      else if (sign === '"') inString = false;
    } else if (sign === '"') {
      inString = true;
      out += sign;
    } else if (sign === '{' || sign === '[') {
      const close = sign === '{' ? '}' : ']';
      const next = /\S/.exec(text.slice(at + 1, at + 50));
      if (next?.[0] === close) {
        out += sign + close;
        at += next.index + 1;
      } else {
        depth += 1;
        out += sign + line();
      }
    } else if (sign === '}' || sign === ']') {
      depth = Math.max(0, depth - 1);
      out += line() + sign;
    } else if (sign === ',') out += `,${line()}`;
    else if (sign === ':') out += ': ';
    else if (!/\s/.test(sign)) out += sign;
  }
  return out;
}
