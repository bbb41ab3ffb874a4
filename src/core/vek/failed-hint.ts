/**
 * Whether stored bytes could be an output that reports a failure, without reading them as JSON: one of the fields or
 * words that `mayReportFailure` looks for has to stand in them. It may say yes to any output, and says no only where
 * `mayReportFailure` would; a property test holds the two against each other.
 */
export function mayHoldFailure(bytes: Uint8Array): boolean {
  // Very short ones, those with a byte order mark and those in UTF-16 or UTF-32 are left to the reader.
  if (bytes.length < 4 || bytes[0]! >= 0xef || !bytes[0] || !bytes[1] || !bytes[2] || !bytes[3]) return true;
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const start = firstSign(text);
  switch (text[start]) {
    case '{':
    case '[':
      return inFields(text) || failureCount.test(text) || hiddenAscii.test(text);
    case '"':
      return atBeginning(text, start + 1) || failureCount.test(text) || hiddenAscii.test(text);
    default:
      // A number, true, false, null, or no JSON at all.
      return false;
  }
}

const blank = '[ \\t\\n\\r]*';
const end = `${blank}[,}\\]]`;
const is = `"${blank}:${blank}`;
/** Not one of the values that say that there is no error. */
const some = `(?!null|false|""|0${end}|\\[${blank}\\]|\\{${blank}\\})`;
/** The beginning of a number; Python also writes NaN, Infinity and -Infinity. */
const number = '[-\\dNI]';

/** Fields whose value may say that something failed. */
const fields = new RegExp(
  `"(?:${[
    `(?:err(?:ors?)?|exception|traceback|error_?[mM]essage)${is}${some}`,
    `(?:num_(?:failed|errors)|(?:failed|errors)_count|failed)${is}${some}`,
    `(?:exit(?:_?[cC]ode|_status)?|return_?code|rc)${is}(?!0${end})${number}`,
    `(?:status_?[cC]ode|http_status|status|code)${is}(?!(?:0|[1-3]\\d\\d)${end})${number}`,
    `(?:is_?[eE]rror|timed_?[oO]ut|timeout)${is}true`,
    `(?:ok|success|succeeded)${is}false`,
    `(?:status|state|outcome|type)${is}"(?:[eE][rR][rR]|[fF][aA][iI]|[tT][iI][mM]|[dD][eE][nN])`,
  ].join('|')})`,
);
/** Beside the output of a process these hold its exit code, which 200 is as well as 2. */
const exitCode = new RegExp(`"(?:code|status)${is}(?!0${end})${number}`);
const streams = /"std(?:out|err)"/;

function inFields(text: string): boolean {
  return fields.test(text) || (streams.test(text) && exitCode.test(text));
}

/** Such as “3 failed”, in what a test run printed. */
const failureCount = /\d (?:fail(?:ed|ing|ure)|error)(?<=[1-9]\d* \w+)/;
/** Letters and digits that are written as escapes: the words can't be found in them. */
const hiddenAscii = /\\u00[2-7]/;

/** Of a text the first 200 characters count, of at most six bytes each. */
const BEGINNING = 200 * 6;
const errorWords = /error|exception|fatal:|panic:|traceback|command failed/i;

/** A text that begins as an error, or as JSON. */
function atBeginning(text: string, start: number): boolean {
  let at = start;
  while (isBlank(text.charCodeAt(at)) || (text[at] === '\\' && /[nrtf]/.test(text[at + 1] ?? '')))
    at += text[at] === '\\' ? 2 : 1;
  const first = text.charCodeAt(at);
  // An escape or another alphabet may be a blank of a kind that JSON does not know.
  const isOpen = first === 0x7b || first === 0x5b || first === 0x5c || first >= 0x80;
  return isOpen || errorWords.test(text.slice(start, start + BEGINNING));
}

function firstSign(text: string): number {
  let at = 0;
  while (isBlank(text.charCodeAt(at))) at++;
  return at;
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}
