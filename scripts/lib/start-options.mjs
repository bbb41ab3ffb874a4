import { statSync } from 'node:fs';
import { resolve } from 'node:path';

export const usage = `npm start [FOLDER | LINK] [-- OPTIONS]

Opens the window on FOLDER, on the call of a link (vekscope:…), or on the bundled sample.

  --browser    open it in the browser, not in Electron
  --no-open    only print the address; open it yourself
  --port N     the port of the address (default: a free one)
  --electron   try again to get Electron's runtime, and use it
`;

/** npm takes options that stand before a \`--\` for its own and passes them on as variables. */
function takenByNpm(env) {
  const given = [];
  if (env['npm_config_browser'] === 'true') given.push('--browser');
  if (env['npm_config_open'] === '') given.push('--no-open');
  if (env['npm_config_electron'] === 'true') given.push('--electron');
  const port = env['npm_config_port'];
  if (port !== undefined) given.push(port === 'true' ? '--port' : `--port=${port}`);
  return given;
}

/**
 * Reads the arguments of `npm start`. The result has `error` in words, or what to do; `folder` is a full path, a link to
 * a call as it was given (what opens it reads it), or null for the sample.
 */
export function readStartOptions(args, env, cwd) {
  const words = [...args];
  const taken = takenByNpm(env);
  // \`npm start FOLDER --port 5\`: npm keeps the word, and the number arrives as an argument
  const bare = taken.indexOf('--port');
  if (bare !== -1) {
    const number = words.findIndex((word) => /^\d+$/.test(word));
    taken[bare] = number === -1 ? '--port' : `--port=${words.splice(number, 1)[0]}`;
  }
  words.push(...taken);
  const options = { folder: null, browser: false, open: true, port: 0, electron: false, help: false };
  const folders = [];
  while (words.length > 0) {
    const word = words.shift();
    if (word === '--browser') options.browser = true;
    else if (word === '--no-open') options.open = false;
    else if (word === '--electron') options.electron = true;
    else if (word === '--help' || word === '-h') options.help = true;
    else if (word === '--port' || word.startsWith('--port=')) {
      const text = word === '--port' ? (words.shift() ?? '') : word.slice('--port='.length);
      const port = Number(text);
      if (!/^\d+$/.test(text) || port > 65_535)
        return { error: `--port needs a number from 0 to 65535, not “${text}”.` };
      options.port = port;
      options.browser = true;
    } else if (word.startsWith('-')) return { error: `There is no option ${word}.` };
    else folders.push(word);
  }
  if (folders.length > 1)
    return { error: `One folder can be opened, not ${folders.length}: ${folders.join(', ')}` };
  if (options.electron && (options.browser || !options.open)) {
    return { error: '--electron goes with neither --browser, --no-open nor --port.' };
  }
  if (folders.length === 1 && /^\s*vekscope:/i.test(folders[0])) options.folder = folders[0];
  else if (folders.length === 1) {
    options.folder = resolve(cwd, folders[0]);
    const stat = statSync(options.folder, { throwIfNoEntry: false });
    if (stat === undefined) return { error: `There is no folder ${options.folder}.` };
    if (!stat.isDirectory()) return { error: `${options.folder} is not a folder.` };
  }
  return { options };
}
