const MAX_FRAMES = 16;

/** What an error carries, also one that comes from a window. */
export type Thrown = { readonly name: string; readonly message: string; readonly stack?: string | undefined };

/** The same of anything that can be thrown. */
export const thrown = (error: unknown): Thrown =>
  error instanceof Error ? error : { name: typeof error, message: '' };

/**
 * Where in the program an error happened: function, file without its folder, line and column. The message is left
 * out, since it may quote a store; so are lines that are no frame of a program's file.
 */
export function framesOf(error: Thrown): readonly string[] {
  if (error.stack === undefined) return [];
  const head = error.stack.indexOf(error.message);
  // lines of a message that can't be told apart from the trace could pass for frames
  if (head < 0) return [];
  return error.stack
    .slice(head + error.message.length)
    .split('\n')
    .flatMap((line) => frameOf(line) ?? [])
    .slice(0, MAX_FRAMES);
}

const FRAME =
  /^\s+at (?:(?:async )?([\w.$<>]{1,60}) .*?\()?.*?([\w.-]{1,80}\.[cm]?[jt]sx?):(\d{1,7}):(\d{1,7})\)?$/;

function frameOf(line: string): string | null {
  const found = FRAME.exec(line.slice(0, 2000));
  if (found === null) return null;
  const [, name, file, row, column] = found;
  return `${name === undefined ? '' : `${name} `}${file}:${row}:${column}`;
}
