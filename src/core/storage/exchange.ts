import { spawnSync } from 'node:child_process';

/** The number of the system call renameat2, by architecture. */
const RENAMEAT2: Partial<Record<NodeJS.Architecture, number>> = { x64: 316, arm64: 276 };
const DONE = 0;
const CHANGED = 20;
const GIVEN_BACK = 21;

/**
 * renameat2(AT_FDCWD, a, AT_FDCWD, b, RENAME_EXCHANGE) as Perl calls it. `put` exchanges only where the file has the
 * expected bytes, looks at what was really displaced, and puts back what is not as expected: the last text that others
 * wrote ends in the file. Each displaced text is printed with its length before. All in one process, so that next to no
 * time passes between the steps.
 */
const SCRIPT = `use strict;
my ($do, $call, $ready, $path, $expected, @between) = @ARGV;
sub slurp {
  return undef if -l $_[0] || !-f _;
  open(my $f, '<:raw', $_[0]) or return undef;
  local $/;
  my $text = <$f>;
  return defined $text ? $text : '';
}
sub swap { return syscall($call + 0, -100, $ready, -100, $path, 2) == 0 }
exit(swap() ? ${DONE} : $! == 2 ? ${CHANGED} : 1) if $do eq 'swap';
my ($old, $new) = (slurp($expected), slurp($ready));
exit 1 unless defined $old && defined $new;
my $now = slurp($path);
exit ${CHANGED} unless defined $now && $now eq $old;
system(@between) if @between;
exit($! == 2 ? ${CHANGED} : 1) unless swap();
my $other = slurp($ready);
exit ${DONE} if defined $other && $other eq $old;
binmode STDOUT;
my $in = $new;
for (1 .. 16) {
  print length($other), "\\n", $other if defined $other;
  system(@between) if @between;
  last unless swap();
  last unless defined $other;
  my $back = slurp($ready);
  last if !defined $back || $back eq $in;
  ($in, $other) = ($other, $back);
}
exit ${GIVEN_BACK};
`;

function perl(args: readonly string[]): { readonly status: number | null; readonly stdout: Buffer } | null {
  const call = process.platform === 'linux' ? RENAMEAT2[process.arch] : undefined;
  if (call === undefined) return null;
  const [act, ...rest] = args;
  return spawnSync('perl', ['-e', SCRIPT, act!, String(call), ...rest], {
    stdio: ['ignore', 'pipe', 'ignore'],
    maxBuffer: 2 ** 30,
  });
}

/**
 * Exchanges two files in one step. Node has no such call: Perl makes it, which next to every Linux has. `unsupported`:
 * nothing was done, as on other systems.
 */
export function exchangeFiles(a: string, b: string): 'done' | 'missing' | 'unsupported' {
  const status = perl(['swap', a, b])?.status;
  return status === DONE ? 'done' : status === CHANGED ? 'missing' : 'unsupported';
}

/** What became of an exchange that depends on what stands in the file. */
export type ExpectedExchange = {
  /** `changed`: another text stands in the file, and stays there; `unsupported`: nothing was done */
  readonly state: 'done' | 'changed' | 'unsupported';
  /** texts of others that were displaced for a moment, the oldest first */
  readonly displaced: readonly Buffer[];
};

/**
 * Exchanges `ready` with a file that has the bytes of the file `expected`. What was displaced lies under `ready` then.
 * `between`: a command to run where another program could come between, for tests.
 */
export function exchangeExpected(
  ready: string,
  path: string,
  expected: string,
  between: readonly string[] = [],
): ExpectedExchange {
  const ran = perl(['put', ready, path, expected, ...between]);
  switch (ran?.status) {
    case DONE:
      return { state: 'done', displaced: [] };
    case CHANGED:
      return { state: 'changed', displaced: [] };
    case GIVEN_BACK:
      return { state: 'changed', displaced: textsIn(ran.stdout) };
    default:
      return { state: 'unsupported', displaced: [] };
  }
}

function textsIn(printed: Buffer): Buffer[] {
  const texts: Buffer[] = [];
  for (let at = 0; at < printed.length;) {
    const line = printed.indexOf(0x0a, at);
    const length = Number(printed.toString('latin1', at, line));
    texts.push(printed.subarray(line + 1, line + 1 + length));
    at = line + 1 + length;
  }
  return texts;
}
