import { fail, ok, type Result } from '../../core/result.ts';
import { exportJson, exportJsonl } from '../../core/vek/export.ts';
import type { Call } from '../command.ts';
import { jsonText, safeJson } from '../output.ts';
import { createSpool } from '../spool.ts';
import { ask } from '../ask.ts';

/** Text between the quotes of a JSON string, so that JSON Lines can be handed out as one JSON value. */
function insideString(text: string): string {
  return jsonText(text).slice(1, -1);
}

/** Prints the export of the Python command; with --json JSON Lines are one string. */
export async function runExport(call: Call): Promise<number> {
  const format = call.options['format'] ?? 'json';
  if (format !== 'json' && format !== 'jsonl') {
    return call.out.failure(
      fail('bad-request', `There is no export format “${format}”.`, 'Use json or jsonl.').error,
    );
  }
  const branch = typeof call.options['branch'] === 'string' ? call.options['branch'] : null;
  const quoted = call.out.json && format === 'jsonl';
  // Into a file or a pipe it is byte for byte what the Python command prints.
  const raw = !call.out.json && process.stdout.isTTY !== true;
  const spool = createSpool();
  const asked = ask(call, ['nodes', 'objects', 'refs'], (s): Result<null> => {
    spool.reset();
    if (quoted) spool.write('"');
    for (const piece of format === 'json' ? exportJson(s, branch) : exportJsonl(s, branch)) {
      spool.write(quoted ? insideString(piece) : raw ? piece : safeJson(piece));
    }
    if (quoted) spool.write('"');
    if (quoted || format === 'json') spool.write('\n');
    return ok(null);
  });
  if (!asked.ok) {
    spool.drop();
    return call.out.failure(asked.error);
  }
  await spool.flush();
  return asked.value.exit;
}
