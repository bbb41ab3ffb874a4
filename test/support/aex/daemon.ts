import { spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { peerPython, projectRoot } from '../peers.ts';
import { aexEnvironment, startAexPeer, type AexPeer } from './peer.ts';
import { startProvider, type Provider } from './provider.ts';

/** A real AEX of a test: its home, its daemon, its commands and the provider behind it. */
export type RealAex = {
  readonly home: string;
  /** the database */
  readonly db: string;
  readonly peer: AexPeer;
  /** tokens of the agents that were created here */
  readonly tokens: Map<string, string>;
  /** the daemon's address; changes with each start */
  readonly url: () => string;
  readonly start: (options?: StartOptions) => Promise<void>;
  /** ends it as its own `daemon stop` does */
  readonly stop: () => Promise<void>;
  /** ends it as a lost machine does */
  readonly kill: () => Promise<void>;
  /** sets the clock: seconds since 1970 at which it stands */
  readonly at: (seconds: number) => void;
  readonly createAgent: (name: string, usd: number, rpm: number, ...options: string[]) => Promise<void>;
  /** copies the database with what lies beside it, as it is now, into a fresh folder, and gives the copy's path */
  readonly copy: () => string;
  readonly close: () => Promise<void>;
};

export type StartOptions = { readonly ttlSeconds?: number; readonly waitMs?: number };

const modelsYaml = (url: string): string => `version: 1
providers:
  local: {base_url: ${url}/v1, type: openai_compatible}
  my-alt.prov: {base_url: ${url}/alt/v1, type: openai_compatible}
  dead: {base_url: "http://127.0.0.1:9", type: openai_compatible}
  keyless: {base_url: ${url}/none, type: openai_compatible}
default_model: mini
models:
  mini: {provider: local, provider_model: vendor-mini, pricing: {input_micro: 2, output_micro: 8}, limits: {max_tokens: 256}, capabilities: {tools: true}}
  big: {provider: local, provider_model: vendor-big, pricing: {input_micro: 25, output_micro: 100}, limits: {max_tokens: 1024}, capabilities: {vision: true}}
  embed: {provider: local, provider_model: vendor-embed, pricing: {input_micro: 1, output_micro: 0}, limits: {max_tokens: 512}, capabilities: {}}
  alt: {provider: my-alt.prov, provider_model: alt-x, pricing: {input_micro: 3, output_micro: 5}, limits: {max_tokens: 128}, capabilities: {tools: true}}
  free: {provider: local, provider_model: vendor-free, pricing: {input_micro: 0, output_micro: 0}, limits: {max_tokens: 64}, capabilities: {}}
  ghost: {provider: dead, provider_model: ghost-1, pricing: {input_micro: 4, output_micro: 4}, limits: {max_tokens: 64}, capabilities: {}}
  locked: {provider: keyless, provider_model: locked-1, pricing: {input_micro: 4, output_micro: 4}, limits: {max_tokens: 64}, capabilities: {}}
`;

const PLUGIN = `import json, sys
given = json.load(open(sys.argv[1]))
print("adding")
if given.get("fail"):
    sys.exit(3)
json.dump({"sum": given.get("a", 0) + given.get("b", 0)}, open(sys.argv[2], "w"))
`;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Installs the test's tools: `adder` for 750 micro, `gratis` for nothing. */
async function installTools(home: string, peer: AexPeer): Promise<void> {
  const folder = join(home, 'tools');
  mkdirSync(folder);
  const file = join(folder, 'add.py');
  writeFileSync(file, PLUGIN);
  const sha256 = createHash('sha256').update(PLUGIN).digest('hex');
  for (const [name, cost] of [
    ['adder', 750],
    ['gratis', 0],
  ] as const) {
    const manifest = join(folder, `${name}.yaml`);
    const entry = `${peerPython()!} ${file}`;
    writeFileSync(
      manifest,
      `name: ${name}\nversion: "1.0"\nentrypoint: ${entry}\nsha256: ${sha256}\ncost_micro: ${cost}\n`,
    );
    await peer.cli([
      ['plugin', 'install', manifest, file],
      ['plugin', 'enable', name],
    ]);
  }
}

/**
 * Makes a home for the real AEX with price list, keys, tools and a provider; the daemon is not started yet.
 * `at`: seconds since 1970 at which its clock stands; without it, it has the machine's clock.
 */
export async function makeRealAex(options: { readonly at?: number } = {}): Promise<RealAex> {
  const home = mkdtempSync(join(tmpdir(), 'vekscope-aex-'));
  const folder = join(home, '.aex');
  const db = join(folder, 'aex.db');
  const clock = options.at === undefined ? null : join(home, 'clock.json');
  mkdirSync(join(folder, 'config'), { recursive: true });
  const at = (seconds: number): void => {
    if (clock === null) return;
    writeFileSync(`${clock}.new`, JSON.stringify({ at: seconds }));
    renameSync(`${clock}.new`, clock);
  };
  if (options.at !== undefined) at(options.at);
  const provider: Provider = await startProvider();
  writeFileSync(join(folder, 'config', 'models.yaml'), modelsYaml(provider.url));
  writeFileSync(
    join(folder, '.env'),
    'LOCAL_API_KEY=sk-local-upstream\nMY_ALTPROV_API_KEY=sk-alt\nDEAD_API_KEY=x\n',
  );
  const peer = startAexPeer(home, clock);
  const tokens = new Map<string, string>();
  let child: ChildProcess | null = null;
  let port = 0;

  const ended = async (signal: NodeJS.Signals): Promise<void> => {
    const daemon = child;
    child = null;
    if (daemon === null || daemon.exitCode !== null || daemon.signalCode !== null) return;
    const gone = new Promise((resolve) => daemon.once('exit', resolve));
    daemon.kill(signal);
    await Promise.race([gone, pause(8000).then(() => daemon.kill('SIGKILL'))]);
    await gone;
  };

  const start = async ({ ttlSeconds, waitMs }: StartOptions = {}): Promise<void> => {
    const file = join(home, 'port');
    rmSync(file, { force: true });
    const log = openSync(join(home, 'daemon.out'), 'a');
    const started = spawn(
      peerPython()!,
      [join(projectRoot, 'test', 'support', 'aex', 'aex_daemon.py'), file],
      {
        env: {
          ...aexEnvironment(home, clock),
          AEX_IDEMPOTENCY_WAIT_MS: String(waitMs ?? 300),
          ...(ttlSeconds === undefined ? {} : { AEX_RESERVATION_TTL_SECONDS: String(ttlSeconds) }),
        },
        stdio: ['ignore', log, log],
      },
    );
    closeSync(log);
    child = started;
    for (let tries = 0; tries < 600; tries++) {
      if (started.exitCode !== null)
        throw new Error(`The daemon ended: ${readFileSync(join(home, 'daemon.out'), 'utf8').slice(-3000)}`);
      port = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
      if (port > 0) {
        const health = await fetch(`http://127.0.0.1:${port}/health`).catch(() => null);
        if (health?.ok === true) return;
      }
      await pause(50);
    }
    throw new Error('The daemon did not answer in 30 s.');
  };

  await peer.cli([['init']]);
  await installTools(home, peer);
  return {
    home,
    db,
    peer,
    tokens,
    url: () => `http://127.0.0.1:${port}`,
    start,
    stop: () => ended('SIGTERM'),
    kill: () => ended('SIGKILL'),
    at,
    createAgent: async (name, usd, rpm, ...more) => {
      const [printed = ''] = await peer.cli([
        ['agent', 'create', ...more, '--', name, String(usd), String(rpm)],
      ]);
      const token = /Token: ([0-9a-f]{32})/.exec(printed)?.[1];
      if (token === undefined) throw new Error(`No token in: ${printed}`);
      tokens.set(name, token);
    },
    copy: () => {
      const into = mkdtempSync(join(home, 'copy-'));
      for (const end of ['', '-wal']) {
        if (existsSync(db + end)) copyFileSync(db + end, join(into, `aex.db${end}`));
      }
      copyFileSync(join(folder, 'config', 'models.yaml'), join(into, 'models.yaml'));
      return join(into, 'aex.db');
    },
    close: async () => {
      await ended('SIGKILL');
      peer.close();
      await provider.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}
