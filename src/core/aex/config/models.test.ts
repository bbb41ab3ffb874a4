import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { projectRoot } from '../../../../test/support/peers.ts';
import { readModels } from './models.ts';

let dir: string;
const read = () => readModels({ db: join(dir, 'aex.db'), dir });
const MODEL = `{provider: p, provider_model: m, pricing: {input_micro: 2, output_micro: 8}, limits: {max_tokens: 5}, capabilities: {}}`;
const list = (text: string): void => writeFileSync(join(dir, 'models.yaml'), text);

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'vekscope-models-'));
});

describe('the price list beside a ledger', () => {
  it('is that of the golden', () => {
    const golden = join(projectRoot, 'test/goldens/aex/small');
    const models = readModels({ db: join(golden, 'aex.db'), dir: golden })!;
    expect(models.problem).toBeNull();
    expect(models.defaultModel).toBe('mini');
    expect([...models.models.keys()]).toEqual(['mini', 'big', 'embed', 'alt', 'ghost']);
    expect(models.models.get('big')).toMatchObject({ inputMicro: 25, outputMicro: 100, maxTokens: 1024 });
    expect(models.providers.get('local')).toBe('http://127.0.0.1:9922/v1');
  });

  it('lies where AEX keeps it, or beside the database; none is none', () => {
    expect(read()).toBeNull();
    list('not: it');
    mkdirSync(join(dir, 'config'));
    writeFileSync(join(dir, 'config', 'models.yaml'), `providers: {}\nmodels: {a: ${MODEL}}\n`);
    expect(read()).toMatchObject({
      path: join(dir, 'config', 'models.yaml'),
      problem: null,
      defaultModel: 'a',
    });
  });

  it.each([
    ['- 1', 'It is a list and not a mapping.'],
    ['version: 2\nproviders: {}\nmodels: {}', 'version is 2; AEX takes 1 only.'],
    ['models: {}', 'providers is missing.'],
    ['providers: {}\nmodels: {a: 1}', 'models.a is a whole number and not a mapping.'],
    [
      'providers: {p: {base_url: x, type: other}}\nmodels: {}',
      'providers.p.type is “other”; AEX takes openai_compatible only.',
    ],
    [
      `providers: {}\nmodels: {a: ${MODEL}}\ndefault_model: b`,
      'default_model is “b”, which is none of its models.',
    ],
    [
      `providers: {}\nmodels: {a: ${MODEL.replace('2', '-1')}}`,
      'models.a.pricing.input_micro is -1; the least is 0.',
    ],
    [
      `providers: {}\nmodels: {a: ${MODEL.replace('2', '0.5')}}`,
      'models.a.pricing.input_micro is 0.5 and not a whole number.',
    ],
    [
      `providers: {}\nmodels: {a: ${MODEL.replace('5}', '0}')}}`,
      'models.a.limits.max_tokens is 0; the least is 1.',
    ],
    [
      `providers: {}\nmodels: {a: ${MODEL.replace('capabilities: {}', 'x: 1')}}`,
      'models.a.capabilities is missing.',
    ],
    ['a: [', 'Line 1 is no YAML'],
  ])('says what is wrong with %s', (text, problem) => {
    list(text);
    expect(read()!.problem).toContain(problem);
    expect(read()!.models.size).toBe(0);
  });

  it('takes what pydantic takes: 2.0 and "2" for 2, the same name as one of a prototype', () => {
    list(`providers: {}\nmodels: {__proto__: ${MODEL.replace('2', '2.0').replace('8', '"8"')}}\n`);
    expect(read()!.models.get('__proto__')).toMatchObject({ inputMicro: 2, outputMicro: 8 });
  });

  it('is not read through a link that leads out of the folder, nor where it is no file', () => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'vekscope-models-'));
    writeFileSync(join(elsewhere, 'x'), 'secret: 1');
    symlinkSync(join(elsewhere, 'x'), join(dir, 'models.yaml'));
    expect(read()!.problem).toContain('leads out of the folder');
    mkdirSync(join(dir, 'config', 'models.yaml'), { recursive: true });
    expect(read()!.problem).toBe('It is no file.');
  });
});
