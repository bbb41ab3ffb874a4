import { serveUntilStopped } from './main.ts';

/**
 * The serve host as a process of its own, for `npm start` and for tests: `run.ts --port N [FOLDER]`. It ends with
 * whoever started it, which is seen from its standard input. `VEKSCOPE_ASSETS` names another built window.
 */
const [, , , port, ...folders] = process.argv;
const assets = process.env['VEKSCOPE_ASSETS'];
process.stdin.on('end', () => process.kill(process.pid, 'SIGTERM')).resume();

const done = await serveUntilStopped({
  folders,
  port: Number(port),
  ...(assets === undefined ? {} : { assets }),
  print: (address) => void process.stdout.write(`${address}\n`),
});
if (!done.ok) {
  const { message, hint, detail } = done.error;
  process.stderr.write(`${message} ${hint}\n${detail === undefined ? '' : `${detail}\n`}`);
}
process.exit(done.ok ? 0 : 1);
