import { parseArgs } from 'node:util';
import { fail } from '../core/result.ts';
import { enableUriNames } from '../core/storage/uri.ts';
import type { Call, Verb } from './command.ts';
import { createOutput, EXIT, type Output } from './output.ts';
import { verbs } from './verbs.ts';

function help(): string {
  const rows = [...verbs.values()].map(({ usage, summary }) =>
    usage.length < 44 ? `  ${usage.padEnd(44)}${summary}` : `  ${usage}\n${' '.repeat(46)}${summary}`,
  );
  return [
    'Usage: vekscope VERB [--repo DIR] [--json]',
    '',
    ...rows,
    '',
    '--repo DIR  where to look for the repository, and above; the current folder unless told',
    '--json      print exactly one JSON value',
    '--help      what a verb takes; --version tells which Vekscope this is',
    '',
    'Exit code 0: done. 1: done, and problems were found. 2: not done (bad use, refused, or unreadable).',
    'VEKSCOPE_DATA names another app folder. NO_COLOR turns colours off.',
  ].join('\n');
}

/** Runs one command line and returns its exit code. */
export async function main(argv: readonly string[]): Promise<number> {
  enableUriNames();
  endQuietly();
  const out = createOutput(argv.some((word) => word === '--json' || word.startsWith('--json=')));
  try {
    return await dispatch(argv, out);
  } catch (error) {
    return out.failure(unexpected(error));
  }
}

/** A reader that has seen enough (`| head -1`) ends the command without a word. */
function endQuietly(): void {
  if (process.stdout.listeners('error').includes(onStreamError)) return;
  process.stdout.on('error', onStreamError);
  process.stderr.on('error', onStreamError);
}

function onStreamError(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit(EXIT.fine);
  throw error;
}

function unexpected(error: unknown) {
  const { code, message, stack }: NodeJS.ErrnoException =
    error instanceof Error ? error : new Error(String(error));
  if (code === 'ERR_MODULE_NOT_FOUND') {
    return fail('io', 'Vekscope is not installed completely.', 'Run npm ci in its folder once.', message)
      .error;
  }
  return fail(
    'io',
    `Vekscope failed in a way it should not: ${message}`,
    'Please report this, with what VEKSCOPE_DEBUG=1 shows more.',
    stack,
  ).error;
}

async function dispatch(argv: readonly string[], out: Output): Promise<number> {
  const at = verbPlace(argv);
  const name = at < 0 ? undefined : (argv[at] as string);
  if (name === undefined && argv.includes('--version')) return printVersion(out);
  if (name === 'help' || (name === undefined && (argv.includes('--help') || argv.includes('-h')))) {
    out.answer({ help: help() }, () => [help()]);
    return EXIT.fine;
  }
  const verb = name === undefined ? undefined : verbs.get(name);
  if (verb !== undefined) return runVerb(verb, [...argv.slice(0, at), ...argv.slice(at + 1)], out);
  const message = name === undefined ? 'No verb was given.' : `There is no verb “${name}”.`;
  return out.failure(fail('bad-request', message, 'See: vekscope --help').error);
}

/** Where the verb stands: the first word that is neither an option nor an option's value. */
function verbPlace(argv: readonly string[]): number {
  return argv.findIndex((word, i) => !word.startsWith('-') && !takesValue(argv[i - 1]));
}

/** The options of all verbs that take a value, as they are typed. */
const valueOptions = new Set([
  '-n',
  '--repo',
  ...[...verbs.values()].flatMap(({ options }) =>
    Object.entries(options ?? {}).flatMap(([name, { type }]) => (type === 'string' ? [`--${name}`] : [])),
  ),
]);

/** Whether the word after this one is its value. */
function takesValue(word: string | undefined): boolean {
  return word !== undefined && valueOptions.has(word);
}

async function printVersion(out: Output): Promise<number> {
  const { default: product } = await import('../../package.json', { with: { type: 'json' } });
  out.answer({ version: product.version }, () => [`vekscope ${product.version}`]);
  return EXIT.fine;
}

/** Negative numbers are values (`log -n -3`), which the option parser takes for options. */
function joinNegatives(args: readonly string[]): string[] {
  const joined: string[] = [];
  for (const word of args) {
    const before = joined.at(-1);
    if (/^-\d+$/.test(word) && before !== undefined && /^(-n|--n|--port)$/.test(before))
      joined.push(`${joined.pop()}${before === '-n' ? '' : '='}${word}`);
    else joined.push(word);
  }
  return joined;
}

/** What the option parser says, without its advice about words that begin with a minus sign. */
const badOption = ({ message }: Error): string =>
  message.replace(/\. To specify a positional argument.*$/s, '.');

function helpOf(verb: Verb, part: string | undefined): string {
  const { usage, summary, details = [] } = (part === undefined ? null : verb.part?.(part)) ?? verb;
  return [usageOf(usage), '', summary, ...details].join('\n');
}

const usageOf = (usage: string): string => `Usage: vekscope ${usage} [--repo DIR] [--json]`;

async function runVerb(verb: Verb, args: readonly string[], out: Output): Promise<number> {
  const usage = usageOf(verb.usage);
  let parsed;
  try {
    parsed = parseArgs({
      args: joinNegatives(args),
      allowPositionals: true,
      options: {
        repo: { type: 'string' },
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
        ...verb.options,
      },
    });
  } catch (error) {
    return out.failure(fail('bad-request', badOption(error as Error), usage).error);
  }
  const { values, positionals } = parsed as {
    values: Call['options'];
    positionals: string[];
  };
  if (values['help'] === true) {
    const words = helpOf(verb, positionals[0]);
    out.answer({ help: words }, () => [words]);
    return EXIT.fine;
  }
  const [fewest, most] = verb.words;
  if (positionals.length < fewest || positionals.length > most) {
    const message =
      positionals.length < fewest ? 'An argument is missing.' : 'There is one argument too many.';
    return out.failure(fail('bad-request', message, usage).error);
  }
  const start = typeof values['repo'] === 'string' ? values['repo'] : process.cwd();
  return verb.run({ words: positionals, options: values, start, out });
}
