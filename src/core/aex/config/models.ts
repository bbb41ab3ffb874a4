import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { resolveInside } from '../../storage/inside.ts';
import { limits } from '../../storage/limits.ts';
import { readYaml } from '../../yaml/yaml.ts';
import type { LedgerPaths } from '../paths.ts';
import { modelsIn } from './validate.ts';

/** A model of the price list. Prices are whole micro-dollars per token (formats/aex.md §16). */
export type ModelConfig = {
  readonly name: string;
  readonly provider: string;
  readonly providerModel: string;
  readonly inputMicro: number;
  readonly outputMicro: number;
  readonly maxTokens: number;
  readonly tools: boolean;
};

/** The price list beside a ledger. With a `problem` it has no models: AEX would not start with it, or keep an earlier one. */
export type Models = {
  readonly path: string;
  readonly problem: string | null;
  readonly defaultModel: string | null;
  readonly models: ReadonlyMap<string, ModelConfig>;
  /** base URLs by the name of the provider */
  readonly providers: ReadonlyMap<string, string>;
};

/** Where it may lie, seen from the database: where AEX keeps it, and beside a database that was copied with it. */
const PLACES = [join('config', 'models.yaml'), 'models.yaml'];

/**
 * Reads the price list that lies near a ledger, as AEX does: `models.yaml` or `config/models.yaml`, by Python's
 * `safe_load` and AEX's rules. Null where there is none. It may be another one than was in force when money was spent.
 */
export function readModels(paths: LedgerPaths): Models | null {
  for (const place of PLACES) {
    const path = join(paths.dir, place);
    const read = readAt(paths.dir, path);
    if (read !== null) return read;
  }
  return null;
}

/** A text that changes whenever the price list may have; for what keeps its answer. */
export function modelsMark(paths: LedgerPaths): string {
  return PLACES.map((place) => {
    try {
      const stat = statSync(join(paths.dir, place), { throwIfNoEntry: false });
      return stat === undefined ? '' : `${stat.ino}:${stat.size}:${stat.mtimeMs}`;
    } catch {
      return '?';
    }
  }).join(' ');
}

function readAt(dir: string, path: string): Models | null {
  const none = (problem: string): Models => ({
    path,
    problem,
    defaultModel: null,
    models: new Map(),
    providers: new Map(),
  });
  try {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat === undefined) return null;
    if (!stat.isFile()) return none('It is no file.');
    const inside = resolveInside(dir, path);
    if (!inside.ok)
      return none('It is a link that leads out of the folder of the ledger, so it was not read.');
    if (stat.size > limits.yamlChars * 4) {
      return none(`It has ${stat.size} bytes, more than are read of a price list.`);
    }
    const reading = readYaml(readFileSync(inside.value, 'utf8'));
    if (!reading.ok) return none(`Line ${reading.problem.line} is no YAML: ${reading.problem.message}.`);
    const found = modelsIn(reading.value);
    return found.ok ? { path, problem: null, ...found.value } : none(found.problem);
  } catch (error) {
    return none(`It can't be read (${(error as NodeJS.ErrnoException).code ?? 'unknown reason'}).`);
  }
}
