import { spawn } from 'node:child_process';
import { root } from './project.mjs';

/**
 * Runs a command in the project's folder until it ends. Its output goes to this process's standard error, or, with
 * `quiet`, is kept and returned. Never throws: a command that can't be started has code 127.
 */
export function run(command, args, { env, quiet = false, timeoutMs } = {}) {
  return new Promise((settle) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', quiet ? 'pipe' : 2, quiet ? 'pipe' : 2],
      windowsHide: true,
      ...(timeoutMs === undefined ? {} : { timeout: timeoutMs }),
    });
    let output = '';
    const keep = (chunk) => {
      output += chunk;
    };
    child.stdout?.setEncoding('utf8').on('data', keep);
    child.stderr?.setEncoding('utf8').on('data', keep);
    child.on('error', (error) => settle({ code: 127, output: output + error.message }));
    child.on('close', (code, signal) => settle({ code: code ?? 1, output, signal }));
  });
}

/** The command that runs npm: the one that called us, else the one on the PATH. */
export function npm(args, options) {
  const own = process.env['npm_execpath'];
  if (own?.endsWith('.js'))
    return run(process.env['npm_node_execpath'] ?? process.execPath, [own, ...args], options);
  return process.platform === 'win32'
    ? run('cmd.exe', ['/d', '/s', '/c', 'npm.cmd', ...args], options)
    : run('npm', args, options);
}
