import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serveUntilStopped } from '../../serve/main.ts';
import { wholeNumber, type Call, type Verb } from '../command.ts';
import { EXIT } from '../output.ts';

/** The port of `serve` when none is named; taken is an error that says so. */
const USUAL_PORT = '4715';

async function runServe(call: Call): Promise<number> {
  const { out } = call;
  const port = wholeNumber(
    typeof call.options['port'] === 'string' ? call.options['port'] : USUAL_PORT,
    '--port',
  );
  if (!port.ok) return out.failure(port.error);
  const served = await serveUntilStopped({
    folders: [resolve(call.start, call.words[0] ?? '.')],
    port: port.value,
    print: (address) => out.answer({ address }, () => [address]),
  });
  return served.ok ? EXIT.fine : out.failure(served.error);
}

function runOpen(call: Call): Promise<number> {
  const script = fileURLToPath(new URL('../../../scripts/start.mjs', import.meta.url));
  const folder = resolve(call.start, call.words[0] ?? '.');
  const child = spawn(process.execPath, [script, folder], { stdio: 'inherit' });
  return new Promise((settle) => {
    child.on('exit', (code) => settle(code ?? EXIT.bad));
  });
}

export const windowVerbs = {
  open: { usage: 'open [DIR]', summary: 'Open the window on a folder', words: [0, 1], run: runOpen },
  serve: {
    usage: 'serve [DIR] [--port N]',
    summary: 'Serve the window on this machine; prints its address',
    words: [0, 1],
    options: { port: { type: 'string' } },
    run: runServe,
  },
} satisfies Readonly<Record<string, Verb>>;
