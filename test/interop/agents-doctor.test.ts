import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { DoctorCheck } from '../../src/contract/doctor.ts';
import { doctorReport } from '../../src/core/agents/doctor/report.ts';
import { openAgents, realPackage } from '../support/agents-peer.ts';
import type { PeerCheck } from '../support/agents-peer.ts';
import { peerPython } from '../support/peers.ts';
import { randomBelow } from '../support/random.ts';

const python = peerPython();
const base = mkdtempSync(join(tmpdir(), 'vekscope-peer-doctor-'));
afterAll(() => rmSync(base, { recursive: true, force: true }));

/** Files of a root; null: the file is not there. */
type Files = Readonly<Record<string, string | null>>;

const model = (name: string, caps = ''): string =>
  `# Model\n\n## Default model\n\n**\`${name}\`**\n\n## Cost guardrails\n\n${caps === '' ? '' : `\`\`\`yaml\ncost_guardrails:\n${caps}\`\`\`\n`}`;
const tools = (lines: string): string => `# Tools\n\n## Read paths\n- memory/\n\n${lines}`;

const GOOD: Files = {
  'elm/persona/IDENTITY.md': '# Elm\n',
  'elm/persona/SOUL.md': 'Plain.\n',
  'elm/memory/INDEX.md': '# Memory Index\n',
  'elm/tools.md': tools('## Write paths\n- memory/\n'),
  'elm/model.md': model('gpt-5-mini', '  enabled: true\n  daily_cap_usd: 1\n  monthly_cap_usd: 9\n'),
  'policy.md': '# Policy\n\n```yaml\ncost_caps:\n  daily_usd: 3\n```\n',
};

/** Each changes one thing; several may come together. */
const CHANGES: Readonly<Record<string, Files>> = {
  'no index': { 'elm/memory/INDEX.md': null, 'elm/memory/a.md': 'x' },
  'no tools': { 'elm/tools.md': null },
  'no identity': { 'elm/persona/IDENTITY.md': null },
  'an unknown model': { 'elm/model.md': model('unheard-of-1') },
  'an embedding model': { 'elm/model.md': model('text-embedding-3-small') },
  'no model named': { 'elm/model.md': '# Model\n\nNothing here.\n' },
  'a daily cap of 0': { 'elm/model.md': model('gpt-5', '  enabled: true\n  monthly_cap_usd: 9\n') },
  'a monthly cap of 0': { 'elm/model.md': model('gpt-5', '  enabled: true\n  daily_cap_usd: 9\n') },
  'guardrails off, caps of 0': { 'elm/model.md': model('gpt-5', '  enabled: false\n') },
  'a cap that is a word': { 'elm/model.md': model('gpt-5', '  enabled: true\n  daily_cap_usd: lots\n') },
  'no write path': { 'elm/tools.md': tools('') },
  'a write path that is not there': { 'elm/tools.md': tools('## Write paths\n- memory/\n- gone/\n') },
  'memory in no write path': {
    'elm/tools.md': tools('## Write paths\n- journal/\n'),
    'elm/journal/x.md': '',
  },
  'memory in a read-only path': {
    'elm/tools.md': tools('## Write paths\n- memory/\n\n## Read-only paths\n- memory/\n'),
  },
  'a write path with a comment': { 'elm/tools.md': tools('## Write paths\n- `memory/` — notes\n') },
  'no policy': { 'policy.md': null },
  'a policy with a bad cap': { 'policy.md': '```yaml\ncost_caps:\n  daily_usd: lots\n```\n' },
  'a policy that is no yaml': { 'policy.md': '```yaml\ncost_caps: [\n```\n' },
  'a frozen fleet': { 'policy.md': '```yaml\ncost_caps:\n  daily_usd: 0\n```\n' },
  'an old lock': { 'elm/.lock': 'pid=1 acquired=2026-01-01T00:00:00\n' },
};

let made = 0;

function root(changes: readonly string[]): string {
  const path = join(base, String(++made));
  const files = Object.assign({}, GOOD, ...changes.map((name) => CHANGES[name]!)) as Files;
  for (const [file, text] of Object.entries(files)) {
    if (text === null) continue;
    mkdirSync(dirname(join(path, file)), { recursive: true });
    writeFileSync(join(path, file), text);
  }
  return path;
}

/** Our check for each of theirs that files alone can answer. */
const PAIRS = [
  ['vault', 'vault', 'elm'],
  ['model', 'model', 'elm'],
  ['write-paths', 'write-paths', 'elm'],
  ['locks', 'locks', 'elm'],
] as const;

const failed = (check: { readonly status: string } | undefined): boolean => check?.status === 'fail';

async function compare(all: readonly (readonly string[])[]): Promise<void> {
  const roots = all.map(root);
  const said = realPackage(
    roots.map((path) => ({ do: 'doctor', root: path, agent: 'elm' })),
  ) as readonly (readonly PeerCheck[])[];
  for (const [at, path] of roots.entries()) {
    const { tables, folder } = await openAgents(path);
    const { checks } = doctorReport(folder, tables, 'elm', '2026-06-08');
    const own = (name: string, agent: string | null): DoctorCheck | undefined =>
      checks.find((check) => check.name === name && check.agent === agent);
    const theirs = (name: string): PeerCheck | undefined => said[at]!.find((check) => check.name === name);
    const title = all[at]!.join(', ');
    for (const [peer, name, agent] of PAIRS) {
      // a file that it can't parse is a check of its own there
      const wanted = failed(theirs(`config-parse[${peer}.md]`))
        ? theirs(`config-parse[${peer}.md]`)
        : theirs(peer);
      expect(
        { [name]: failed(own(name, agent)) },
        `${title}: ${wanted?.message ?? ''} / ${own(name, agent)?.message ?? ''}`,
      ).toEqual({
        [name]: failed(wanted),
      });
    }
    // it looks whether policy.md is there, and not into it
    if (!all[at]!.some((name) => name.startsWith('a policy'))) {
      expect(own('policy', null)?.status, title).toBe(theirs('policy-backend')!.status);
    }
  }
}

describe.runIf(python !== null)('our doctor beside the real one', () => {
  it('has the same verdict for each thing that can be wrong', async () => {
    await compare([[], ...Object.keys(CHANGES).map((name) => [name])]);
  });

  it('and for several at once', async () => {
    const seed = Number(process.env['VEKSCOPE_SEED'] ?? Math.floor(Math.random() * 2 ** 30));
    const below = randomBelow(seed);
    const names = Object.keys(CHANGES);
    const some = Array.from({ length: 25 }, () =>
      Array.from({ length: 1 + below(4) }, () => names[below(names.length)]!),
    );
    try {
      await compare(some);
    } catch (error) {
      throw new Error(`seed ${seed}`, { cause: error });
    }
  });
});
