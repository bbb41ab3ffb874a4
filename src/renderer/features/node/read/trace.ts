import { limits } from './limits.ts';

export type TraceLine = {
  readonly kind: 'message' | 'head' | 'frame' | 'code' | 'other';
  readonly text: string;
  /** the `file:line` part within `text`, to set it off */
  readonly mark: readonly [from: number, to: number] | null;
  /** a frame of a library or of the language itself, with the code lines under it */
  readonly library: boolean;
};
export type Language = 'Python' | 'JavaScript' | 'Java' | 'Go' | 'Rust';
/** A text with a stack trace, line by line; nothing is dropped. `message` is what went wrong. */
export type Trace = {
  readonly language: Language;
  readonly message: string;
  readonly lines: readonly TraceLine[];
};

const PYTHON_HEAD = /^\s*(?:\+ )?(?:Exception Group )?Traceback \(most recent call last\):$/;
const PYTHON_FRAME = /^(\s*)File "(.+)", line (\d+)(?:, in .*)?$/;
const JS_FRAME = /^\s+at (?:async )?(?:.*? \()?((?:[a-z]+:\/{0,3})?[^\s()]*?:\d+:\d+)\)?$/;
const JS_NATIVE = /^\s+at (?:.* \()?(?:<anonymous>|native)\)?$/;
const JAVA_FRAME =
  /^\s+at (?:[\w.$@-]+\/)*([\w.$]+)\.[\w$<>]+\(([\w$]+\.(?:java|kt|scala|groovy):\d+|Native Method|Unknown Source)\)$/;
const GO_HEAD = /^(?:goroutine \d+ \[[^\]]*\]:|panic: .*|fatal error: .*)$/;
const GO_FRAME = /^\t(\S+\.(?:go|s):\d+)(?: \+0x[0-9a-f]+)?$/;
const RUST_HEAD = /^thread '.*' (?:\(\d+\) )?panicked at (.*)$/;
const RUST_FRAME = /^\s+at (\S+\.rs:\d+(?::\d+)?)$/;
const ERROR_LINE =
  /^(?:Uncaught )?[\w.$:]*(?:Error|Exception|Exit|Interrupt|Iteration|Warning|Failure|Panic|Throwable)\w*(?:: .*|\s*)$/;
const LIBRARY =
  /site-packages|dist-packages|\/lib\/python\d|\/lib64\/python|<frozen |node_modules|^node:|^internal\/|\/go\/pkg\/mod\/|\/usr\/(?:local\/)?(?:lib|go)\/|\/rustc\/|\.cargo\/registry|^(?:java|javax|jdk|sun|kotlin|scala)\./;
/** Characters of a line that can be a frame; the patterns need not look at longer ones. */
const LONGEST = 1_000;

/** A stack trace of Python, JavaScript, Java, Go or Rust, else null. It wants its head or two frames. */
export function readTrace(text: string): Trace | null {
  if (text.length > limits.lookChars * 4 || !/\bat |File "|goroutine |panicked at /.test(text)) return null;
  const lines = text.replace(/\r?\n$/, '').split(/\r?\n/);
  if (lines.length < 2 || lines.length > limits.traceLines) return null;
  const found = [python(lines), java(lines), rust(lines), go(lines), javascript(lines)];
  return found.find((trace) => trace !== null) ?? null;
}

function python(lines: readonly string[]): Trace | null {
  if (!lines.some((line) => PYTHON_HEAD.test(line))) return null;
  let inside = false;
  let depth = 0;
  let library = false;
  let message = '';
  const read = lines.map((text): TraceLine => {
    const frame = PYTHON_FRAME.exec(text);
    if (PYTHON_HEAD.test(text)) {
      inside = true;
      depth = text.search(/\S/);
      library = false;
      return plain('head', text);
    }
    if (inside && frame !== null) {
      library = LIBRARY.test(frame[2]!);
      const from = text.indexOf('"');
      return {
        kind: 'frame',
        text,
        mark: [from, from + frame[2]!.length + 8 + frame[3]!.length + 1],
        library,
      };
    }
    if (inside && text.search(/\S/) > depth) return { kind: 'code', text, mark: null, library };
    if (inside && text.trim() !== '') {
      inside = false;
      message = text.trim();
      return plain('message', text);
    }
    return plain('other', text);
  });
  if (!read.some(({ kind }) => kind === 'frame')) return null;
  return { language: 'Python', message, lines: read };
}

function javascript(lines: readonly string[]): Trace | null {
  return framed('JavaScript', lines, (text) => {
    const frame = JS_FRAME.exec(text);
    if (frame === null) return JS_NATIVE.test(text) ? { mark: null, library: true } : null;
    const from = text.lastIndexOf(frame[1]!);
    return {
      mark: [from, from + frame[1]!.length],
      library: LIBRARY.test(frame[1]!.replace(/^file:\/\//, '')),
    };
  });
}

function java(lines: readonly string[]): Trace | null {
  return framed('Java', lines, (text) => {
    const frame = JAVA_FRAME.exec(text);
    if (frame === null) return /^\s+\.\.\. \d+ more$/.test(text) ? { mark: null, library: true } : null;
    const from = text.lastIndexOf(frame[2]!);
    return { mark: [from, from + frame[2]!.length], library: LIBRARY.test(frame[1]!) };
  });
}

function rust(lines: readonly string[]): Trace | null {
  const head = lines.findIndex((line) => RUST_HEAD.test(line));
  if (head < 0) return null;
  const inline = /^'(.*)', \S+:\d+:\d+$/.exec(RUST_HEAD.exec(lines[head]!)![1]!);
  const message = inline?.[1] ?? lines[head + 1] ?? '';
  return {
    language: 'Rust',
    message,
    lines: lines.map((text, i): TraceLine => {
      if (i === head) return { ...plain('head', text), mark: span(text, /\S+:\d+:\d+(?=:?$)/) };
      if (inline === null && i === head + 1) return plain('message', text);
      const frame = RUST_FRAME.exec(text);
      if (frame !== null)
        return { ...plain('frame', text), mark: span(text, /\S+$/), library: LIBRARY.test(frame[1]!) };
      if (/^\s+\d+: /.test(text))
        return { ...plain('code', text), library: /^\s+\d+: (?:std|core|alloc|rust_begin)\b/.test(text) };
      return plain('other', text);
    }),
  };
}

function go(lines: readonly string[]): Trace | null {
  if (!lines.some((line) => GO_HEAD.test(line)) || !lines.some((line) => GO_FRAME.test(line))) return null;
  const first = lines.find((line) => GO_HEAD.test(line))!;
  let seen = false;
  return {
    language: 'Go',
    message: first,
    lines: lines.map((text, i): TraceLine => {
      if (GO_HEAD.test(text)) {
        const kind = seen || text.startsWith('goroutine') ? 'head' : 'message';
        seen = true;
        return plain(kind, text);
      }
      const frame = GO_FRAME.exec(text);
      if (frame !== null) {
        const from = text.indexOf(frame[1]!);
        return {
          kind: 'frame',
          text,
          mark: [from, from + frame[1]!.length],
          library: LIBRARY.test(frame[1]!),
        };
      }
      const next = GO_FRAME.exec(lines[i + 1] ?? '');
      return next === null
        ? plain('other', text)
        : { ...plain('code', text), library: LIBRARY.test(next[1]!) };
    }),
  };
}

type Framed = { readonly mark: TraceLine['mark']; readonly library: boolean };

/** Languages that write the message, then one line a frame: at least two frames, and a message above them. */
function framed(
  language: Language,
  lines: readonly string[],
  frameOf: (line: string) => Framed | null,
): Trace | null {
  const frames = lines.map((line) => (line.length > LONGEST ? null : frameOf(line)));
  const first = frames.findIndex((frame) => frame !== null && frame.mark !== null);
  if (first < 1 || frames.filter((frame) => frame !== null).length < 2) return null;
  let message = first - 1;
  for (let i = first - 1; i >= 0 && i > first - 12; i -= 1) {
    const line = lines[i]!.slice(0, LONGEST);
    if (ERROR_LINE.test(line.replace(/^Exception in thread "[^"]*" /, '').replace(/^Caused by: /, ''))) {
      message = i;
      break;
    }
  }
  return {
    language,
    message: lines[message]!.trim(),
    lines: lines.map((text, i): TraceLine => {
      const frame = frames[i] ?? null;
      if (frame !== null) return { kind: 'frame', text, ...frame };
      if (i === message || text.startsWith('Caused by: ')) return plain('message', text);
      return plain('other', text);
    }),
  };
}

const plain = (kind: TraceLine['kind'], text: string): TraceLine => ({
  kind,
  text,
  mark: null,
  library: false,
});

function span(text: string, pattern: RegExp): [number, number] | null {
  const match = pattern.exec(text);
  return match === null ? null : [match.index, match.index + match[0].length];
}
