import { parseArgs } from 'node:util';
import { fail } from '../core/result.ts';
import { enableUriNames } from '../core/storage/uri.ts';
import type { Verb } from './command.ts';
import { createOutput, EXIT } from './output.ts';
import { checkVerbs } from './verbs/check.ts';
import { readVerbs } from './verbs/read.ts';
import { exportVerb } from './verbs/export.ts';
import { windowVerbs } from './verbs/window.ts';
import { writeVerbs } from './verbs/write.ts';

const verbs: ReadonlyMap<string, Verb> = new Map(
  Object.entries<Verb>({ ...checkVerbs, ...readVerbs, ...writeVerbs, export: exportVerb, ...windowVerbs }),
);

function help(): string {
  const rows = [...verbs.values()].map(({ usage, summary }) => `  ${usage.padEnd(46)}${summary}`);
  return [
    'Usage: vekscope VERB [--repo DIR] [--json]',
    '',
    ...rows,
    '',
    '--repo DIR starts the search for the repository there instead of in the current folder.',
    '--json prints exactly one JSON value. Exit code 0: fine; 1: problems found, or a write refused; 2: bad use or',
    'unreadable. VEKSCOPE_DATA names another app folder.',
  ].join('\n');
}

/** Runs one command line and returns its exit code. */
export async function main(argv: readonly string[]): Promise<number> {
  enableUriNames();
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(EXIT.fine);
    throw error;
  });
  const at = argv.findIndex((word, i) => !word.startsWith('-') && argv[i - 1] !== '--repo');
  const name = at < 0 ? undefined : (argv[at] as string);
  const out = createOutput(argv.includes('--json'));
  if (name === undefined || name === 'help') {
    if (argv.includes('--version')) {
      process.stdout.write(`${await version()}\n`);
      return EXIT.fine;
    }
    if (argv.includes('--help') || argv.includes('-h') || name === 'help') {
      process.stdout.write(`${help()}\n`);
      return EXIT.fine;
    }
    return out.failure(fail('bad-request', 'No verb was given.', 'See: vekscope --help').error);
  }
  const verb = verbs.get(name);
  if (verb === undefined) {
    return out.failure(fail('bad-request', `There is no verb “${name}”.`, 'See: vekscope --help').error);
  }
  return runVerb(verb, [...argv.slice(0, at), ...argv.slice(at + 1)]);
}

async function version(): Promise<string> {
  const { default: product } = await import('../../package.json', { with: { type: 'json' } });
  return `vekscope ${product.version}`;
}

/** Negative numbers are values (`log -n -3`), which the option parser takes for options. */
function joinNegatives(args: readonly string[]): string[] {
  const joined: string[] = [];
  for (const word of args) {
    const before = joined.at(-1);
    if (/^-\d+$/.test(word) && before !== undefined && /^(-n|--port)$/.test(before))
      joined.push(`${joined.pop()}${before === '-n' ? '' : '='}${word}`);
    else joined.push(word);
  }
  return joined;
}

async function runVerb(verb: Verb, args: readonly string[]): Promise<number> {
  const out = createOutput(args.includes('--json'));
  const usage = `Usage: vekscope ${verb.usage}`;
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
    return out.failure(fail('bad-request', (error as Error).message, usage).error);
  }
  const { values, positionals } = parsed as {
    values: Record<string, string | boolean | undefined>;
    positionals: string[];
  };
  if (values['help'] === true) {
    process.stdout.write(`${usage}\n\n${verb.summary}\n`);
    return EXIT.fine;
  }
  const [fewest, most] = verb.words;
  if (positionals.length < fewest || positionals.length > most) {
    return out.failure(
      fail(
        'bad-request',
        positionals.length < fewest ? 'An argument is missing.' : 'There is one argument too many.',
        usage,
      ).error,
    );
  }
  const start = typeof values['repo'] === 'string' ? values['repo'] : process.cwd();
  return verb.run({ words: positionals, options: values, start, out });
}
