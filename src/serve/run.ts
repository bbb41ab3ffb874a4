import { serveUntilStopped } from './main.ts';

/**
 * The serve host as a process of its own, for `npm start` and for tests: `run.ts --port N [FOLDER]`. It ends with
 * whoever started it, which is seen from its standard input.
 */
const [, , , port, ...folders] = process.argv;
process.stdin.on('end', () => process.kill(process.pid, 'SIGTERM')).resume();

const done = await serveUntilStopped({
  folders,
  port: Number(port),
  print: (address) => void process.stdout.write(`${address}\n`),
});
if (!done.ok) {
  const { message, hint, detail } = done.error;
  process.stderr.write(`${message} ${hint}\n${detail === undefined ? '' : `${detail}\n`}`);
}
process.exit(done.ok ? 0 : 1);
