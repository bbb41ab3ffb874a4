import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { peerPython, projectRoot } from '../peers.ts';

/** What a check of the original says; `ok` null: it raised, `detail` says what. */
export type PeerCheckResult = { readonly ok: boolean | null; readonly detail: string };

/** The original's own checks of one database. */
export type PeerVerdicts = {
  readonly chain: PeerCheckResult;
  readonly balances: PeerCheckResult;
  readonly integrity: boolean | PeerCheckResult;
  readonly invariants:
    | readonly { readonly name: string; readonly passed: boolean; readonly detail: string | null }[]
    | PeerCheckResult;
  readonly invariants_ms: number;
  readonly chain_ms: number;
  readonly balances_ms: number;
  /** most memory of the process so far */
  readonly peak_mb: number;
};

/** A process of the real AEX's Python that answers until it is closed. */
export type AexPeer = {
  /** runs commands of the CLI in order; what each printed */
  readonly cli: (args: readonly (readonly string[])[]) => Promise<readonly string[]>;
  readonly verdicts: (db: string) => Promise<PeerVerdicts>;
  /** answers of the original's rules (aex_peer.py, RULES) */
  readonly rules: (calls: readonly (readonly [string, readonly unknown[]])[]) => Promise<readonly unknown[]>;
  readonly close: () => void;
};

/** The environment of a process of AEX whose home is a folder of the test. `clock`: the file of its clock, if it has one. */
export function aexEnvironment(home: string, clock: string | null): NodeJS.ProcessEnv {
  const kept = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith('AEX_') && !name.endsWith('_API_KEY')),
  );
  return {
    ...kept,
    HOME: home,
    TZ: 'UTC',
    PYTHONDONTWRITEBYTECODE: '1',
    AEX_DB_PATH: join(home, '.aex', 'aex.db'),
    AEX_CONFIG_DIR: join(home, '.aex', 'config'),
    AEX_POLICY_PLUGIN_DIR: join(home, '.aex', 'policies'),
    AEX_LOG_LEVEL: 'CRITICAL',
    AEX_SANDBOX_USE_BWRAP: '0',
    ...(clock === null ? {} : { AEX_TEST_CLOCK: clock }),
  };
}

/** Starts the process. The Python peers have to be there. */
export function startAexPeer(home: string, clock: string | null = null): AexPeer {
  const child: ChildProcessWithoutNullStreams = spawn(
    peerPython()!,
    [join(projectRoot, 'test', 'support', 'aex', 'aex_peer.py')],
    { env: aexEnvironment(home, clock), stdio: 'pipe' },
  );
  const waiting: { resolve: (value: unknown) => void; reject: (error: Error) => void }[] = [];
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => {
    errors = (errors + chunk.toString()).slice(-4000);
  });
  createInterface({ input: child.stdout }).on('line', (line) => {
    const next = waiting.shift();
    const answer = JSON.parse(line) as { readonly ok?: unknown; readonly failed?: string };
    if (answer.failed === undefined) next?.resolve(answer.ok);
    else next?.reject(new Error(answer.failed));
  });
  child.on('exit', (code) => {
    for (const { reject } of waiting.splice(0))
      reject(new Error(`The peer ended with ${String(code)}: ${errors}`));
  });
  const ask = <T>(request: object): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      waiting.push({ resolve: (value) => resolve(value as T), reject });
      child.stdin.write(`${JSON.stringify(request)}\n`);
    });
  return {
    cli: (args) => ask({ do: 'cli', args }),
    verdicts: (db) => ask({ do: 'verdicts', db }),
    rules: (calls) => ask({ do: 'rules', calls }),
    close: () => child.stdin.end(),
  };
}
