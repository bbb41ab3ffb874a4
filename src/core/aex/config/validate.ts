import { isMap, typeName, yamlText, type YamlMap, type YamlValue } from '../../yaml/yaml-value.ts';
import type { ModelConfig, Models } from './models.ts';

type Found = Pick<Models, 'defaultModel' | 'models' | 'providers'>;
type Checked =
  { readonly ok: true; readonly value: Found } | { readonly ok: false; readonly problem: string };

/** Says what is wrong, in words; caught by `modelsIn`. */
class Invalid extends Error {}

/** Reads a price list by the rules of AEX (formats/aex.md §16): what its own validation refuses is a problem in words. */
export function modelsIn(value: YamlValue): Checked {
  try {
    return { ok: true, value: read(value) };
  } catch (error) {
    if (error instanceof Invalid) return { ok: false, problem: error.message };
    throw error;
  }
}

function read(value: YamlValue): Found {
  if (!isMap(value)) throw new Invalid(`It is ${typeName(value)} and not a mapping.`);
  const version = value.get('version');
  if (version !== undefined && whole(version, 'version') !== 1) {
    throw new Invalid(`version is ${shown(version)}; AEX takes 1 only.`);
  }
  const providers = new Map<string, string>();
  for (const [name, block] of named(value, 'providers')) {
    const at = `providers.${name}`;
    const provider = mapping(block, at);
    providers.set(name, text(provider, 'base_url', at));
    if (provider.get('type') !== 'openai_compatible') {
      throw new Invalid(`${at}.type is ${shown(provider.get('type'))}; AEX takes openai_compatible only.`);
    }
  }
  const models = new Map<string, ModelConfig>();
  for (const [name, block] of named(value, 'models')) models.set(name, modelOf(name, block));
  const chosen = value.get('default_model') ?? null;
  if (chosen !== null && typeof chosen !== 'string') {
    throw new Invalid(`default_model is ${typeName(chosen)} and not a text.`);
  }
  if (chosen !== null && chosen !== '' && !models.has(chosen)) {
    throw new Invalid(`default_model is ${shown(chosen)}, which is none of its models.`);
  }
  const [first = null] = models.keys();
  return { defaultModel: chosen === null || chosen === '' ? first : chosen, models, providers };
}

function modelOf(name: string, block: YamlValue): ModelConfig {
  const at = `models.${name}`;
  const model = mapping(block, at);
  const pricing = mapping(model.get('pricing'), `${at}.pricing`);
  const bounds = mapping(model.get('limits'), `${at}.limits`);
  const abilities = mapping(model.get('capabilities'), `${at}.capabilities`);
  for (const key of ['reasoning', 'tools', 'vision']) yes(abilities, key, `${at}.capabilities`);
  return {
    name,
    provider: text(model, 'provider', at),
    providerModel: text(model, 'provider_model', at),
    inputMicro: atLeast(pricing, 'input_micro', 0, `${at}.pricing`),
    outputMicro: atLeast(pricing, 'output_micro', 0, `${at}.pricing`),
    maxTokens: atLeast(bounds, 'max_tokens', 1, `${at}.limits`),
    tools: yes(abilities, 'tools', `${at}.capabilities`),
  };
}

function named(value: YamlMap, key: string): [string, YamlValue][] {
  return Array.from(mapping(value.get(key), key), ([name, block]) => {
    if (typeof name !== 'string') throw new Invalid(`The name ${shown(name)} in ${key} is no text.`);
    return [name, block];
  });
}

function mapping(value: YamlValue | undefined, at: string): YamlMap {
  if (value === undefined) throw new Invalid(`${at} is missing.`);
  if (!isMap(value)) throw new Invalid(`${at} is ${typeName(value)} and not a mapping.`);
  return value;
}

function text(map: YamlMap, key: string, at: string): string {
  const value = map.get(key);
  if (value === undefined) throw new Invalid(`${at}.${key} is missing.`);
  if (typeof value !== 'string') throw new Invalid(`${at}.${key} is ${typeName(value)} and not a text.`);
  return value;
}

function atLeast(map: YamlMap, key: string, least: number, at: string): number {
  const value = map.get(key);
  if (value === undefined) throw new Invalid(`${at}.${key} is missing.`);
  const number = whole(value, `${at}.${key}`);
  if (number < least) throw new Invalid(`${at}.${key} is ${number}; the least is ${least}.`);
  return number;
}

/** A whole number as pydantic takes one: also `2.0`, `"2"` and yes/no. */
function whole(value: YamlValue, at: string): number {
  const number =
    typeof value === 'bigint' || typeof value === 'number' || typeof value === 'boolean'
      ? Number(value)
      : typeof value === 'string' && /^\s*[+-]?\d+(?:_\d+)*(?:\.0+)?\s*$/.test(value)
        ? Number(value.replaceAll('_', ''))
        : Number.NaN;
  if (!Number.isInteger(number)) throw new Invalid(`${at} is ${shown(value)} and not a whole number.`);
  if (!Number.isSafeInteger(number)) throw new Invalid(`${at} is too large to be reckoned with exactly.`);
  return number;
}

const YES = new Set(['1', 'on', 't', 'true', 'y', 'yes']);
const NO = new Set(['0', 'off', 'f', 'false', 'n', 'no']);

/** Yes or no as pydantic takes it; absent is no. */
function yes(map: YamlMap, key: string, at: string): boolean {
  const value = map.get(key);
  if (value === undefined) return false;
  if (typeof value === 'boolean') return value;
  const word = typeof value === 'bigint' || typeof value === 'number' ? String(value) : value;
  if (typeof word === 'string' && YES.has(word.toLowerCase())) return true;
  if (typeof word === 'string' && NO.has(word.toLowerCase())) return false;
  throw new Invalid(`${at}.${key} is ${shown(value)} and not yes or no.`);
}

function shown(value: YamlValue | undefined): string {
  if (value === undefined) return 'missing';
  return typeof value === 'string' ? `“${value.slice(0, 100)}”` : yamlText(value).slice(0, 100);
}
