import '../../../src/core/storage/uri.ts';
import { startTestEngine } from '../../../src/engine/testing.ts';

/**
 * A Vekscope of its own in a process of its own: checks the ledger of a folder again and again until its input ends, and
 * writes a line for each check, with what is more than a notice. `[folder, app folder]`
 */
const [path = '', dataDir = ''] = process.argv.slice(2);
const engine = startTestEngine({ dataDir });
let ended = false;
process.stdin.on('end', () => (ended = true)).resume();

const opened = await engine.client.workspace.open({ path });
if (!opened.ok) throw new Error(opened.error.message);
const source = opened.value.sources.find(({ kind }) => kind === 'aex')!.id;

/** One check, and how many lines the statement has. */
async function look(): Promise<object> {
  for await (const event of await engine.client.ledger.verify({ source })) {
    if (event.type === 'failed') return { failed: event.error };
  }
  const report = await engine.client.ledger.report({ source });
  if (!report.ok || report.value === null) return { failed: report };
  const { ok, witness, findings, checked } = report.value;
  const rows = await engine.client.ledger.rows({
    source,
    view: { agent: null, query: '', sort: 'oldest', group: 'entries', open: [], days: false },
    start: 0,
    count: 1,
  });
  return {
    ok,
    seen: witness.state,
    entries: checked.events,
    lines: rows.ok ? rows.value.total : rows.error,
    grave: findings.filter(({ severity }) => severity !== 'notice').map(({ message }) => message),
  };
}

for (let last = false; !last;) {
  last = ended;
  process.stdout.write(`${JSON.stringify(await look())}\n`);
  await new Promise((resolve) => setTimeout(resolve, last ? 0 : 100));
}
engine.close();
process.exit(0);
