import { logPath } from '../../core/log/log.ts';
import { readLog } from '../../core/log/read.ts';
import { dataDirPath } from '../../core/storage/data-dir.ts';
import { limits } from '../../core/storage/limits.ts';
import { wholeNumber, type Call } from '../command.ts';
import { EXIT, safeLine } from '../output.ts';

/** Prints where the log of the window is, and its last lines. */
export function runLogfile(call: Call): number {
  const { n } = call.options;
  const lines = wholeNumber(typeof n === 'string' ? n : '20', '-n');
  if (!lines.ok) return call.out.failure(lines.error);
  const path = logPath(dataDirPath());
  const all = readLog(dataDirPath(), limits.logShownBytes).split('\n').filter(Boolean);
  const last = lines.value <= 0 ? [] : all.slice(-lines.value);
  call.out.answer({ path, lines: last }, () => [path, ...last.map(safeLine)]);
  return EXIT.fine;
}
