import type { FileVersion } from '../../contract/edits.ts';
import type { EditContext } from '../../core/agents/edit/context.ts';
import { fileHistory } from '../../core/agents/write/history.ts';
import type { Plain } from '../../core/json/build.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import { writeScene } from '../agents-write-scene.ts';
import type { Call } from '../command.ts';
import { EXIT, safeLine, short } from '../output.ts';
import { number, tableLines } from '../table.ts';
import { writeChange } from './agents-write.ts';

type Named = { readonly ctx: EditContext; readonly path: string; readonly versions: readonly FileVersion[] };

/** Prints every text that a file is known to have had, newest first. */
export async function runAgentsHistory(call: Call, [file, dir]: readonly string[]): Promise<number> {
  const named = historyOf(call, file, dir);
  if (!named.ok) return call.out.failure(named.error);
  const { path, versions } = named.value;
  call.out.answer({ path, versions } as unknown as Plain, () =>
    tableLines(
      [
        { head: 'version' },
        { head: 'when (UTC)' },
        { head: 'how' },
        { head: 'bytes', right: true },
        { head: '' },
        { head: 'what' },
      ],
      versions.map((version) => [
        version.sha256 === null ? '(not there)' : short(version.sha256),
        new Date(version.atMicros / 1000).toISOString().slice(0, 19).replace('T', ' '),
        version.how,
        version.bytes === null ? '' : number(version.bytes),
        version.current ? 'now' : version.kept || version.sha256 === null ? '' : 'not kept',
        version.label === null ? version.title : `${version.title} (${version.label})`,
      ]),
    ),
  );
  return EXIT.fine;
}

/** Puts a former text of a file back. */
export async function runAgentsRestore(call: Call, [file, version, dir]: readonly string[]): Promise<number> {
  const { out } = call;
  if (file !== undefined && version === undefined) {
    const hint = 'See which there are with: vekscope agents history FILE';
    return out.failure(fail('bad-request', 'No version was named.', hint).error);
  }
  const named = historyOf(call, file, dir);
  if (!named.ok) return out.failure(named.error);
  const { ctx, path, versions } = named.value;
  const found = versionOf(versions, version!);
  if (!found.ok) return out.failure(found.error);
  const change = { do: 'restore', path, version: found.value } as const;
  return writeChange(call, ctx, change, `${safeLine(path)} is as it was in ${short(found.value)}.`);
}

function historyOf(call: Call, file: string | undefined, dir: string | undefined): Result<Named> {
  if (file === undefined) {
    return fail(
      'bad-request',
      'No file was named.',
      'For example: vekscope agents history harbor/persona/SOUL.md',
    );
  }
  const scene = writeScene(call, dir, file);
  if (!scene.ok) return scene;
  const { ctx, path } = scene.value;
  if (path === null) {
    const hint = `Name a file of ${ctx.folder.root.path}.`;
    return fail('not-found', `${file} does not lie with these agents.`, hint);
  }
  const versions = fileHistory(ctx, path);
  if (!versions.ok) return versions;
  if (versions.value.length === 0) {
    return fail(
      'not-found',
      `Nothing is known of ${path}.`,
      'A history begins with the first write or look.',
    );
  }
  return ok({ ctx, path, versions: versions.value });
}

function versionOf(versions: readonly FileVersion[], word: string): Result<string> {
  const all = new Set(versions.flatMap(({ sha256 }) => (sha256 === null ? [] : [sha256])));
  const fits = /^[0-9a-f]{4,64}$/.test(word) ? [...all].filter((sha256) => sha256.startsWith(word)) : [];
  if (fits.length === 1) return ok(fits[0]!);
  if (fits.length > 1) {
    return fail('ambiguous', `“${word}” fits ${fits.length} versions.`, 'Give more digits of it.');
  }
  return fail(
    'not-found',
    `There is no version “${word}”.`,
    'Give at least 4 digits of one that vekscope agents history lists.',
  );
}
