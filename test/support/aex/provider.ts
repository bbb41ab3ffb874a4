import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * A small provider in OpenAI's form. What it answers stands in the request's own text, as `[[in=10 out=5]]`:
 * `in`, `out` tokens; `status` of an error; `nousage`; `cut` (a stream ends midway); `drop` (no answer at all);
 * `badjson`; `float` (a stream counts tokens as `12.0`); `plain` (an error that is no JSON); `hang` in ms; `comment` (an SSE comment); `say` one word.
 */
export type Provider = { readonly url: string; readonly close: () => Promise<void> };

type Wish = ReadonlyMap<string, string>;

function wishOf(text: string): Wish {
  const found = [...text.matchAll(/\[\[([^\]]*)\]\]/g)].at(-1)?.[1] ?? '';
  return new Map(
    found
      .split(' ')
      .filter((part) => part !== '')
      .map((part) => [part.split('=')[0] ?? '', part.split('=')[1] ?? '']),
  );
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

function bodyOf(path: string, wish: Wish, words: string): object {
  const used = { in: Number(wish.get('in') ?? 11), out: Number(wish.get('out') ?? 7) };
  const chat = { prompt_tokens: used.in, completion_tokens: used.out, total_tokens: used.in + used.out };
  const usage = wish.has('nousage') ? {} : { usage: chat };
  if (path.endsWith('/embeddings')) {
    return {
      object: 'list',
      data: [{ object: 'embedding', index: 0, embedding: [0.25, -1.5e-7, 1, 3.0000001] }],
      model: 'vendor-embed',
      ...(wish.has('nousage') ? {} : { usage: { prompt_tokens: used.in, total_tokens: used.in } }),
    };
  }
  if (path.endsWith('/responses')) {
    return {
      id: 'resp-1',
      object: 'response',
      model: 'vendor-model',
      output: [{ type: 'message', role: 'assistant', content: [{ type: 'output_text', text: words }] }],
      ...(wish.has('nousage') ? {} : { usage: { input_tokens: used.in, output_tokens: used.out } }),
    };
  }
  return {
    id: 'cmpl-1',
    object: 'chat.completion',
    created: 1700000000,
    model: 'vendor-model',
    choices: [{ index: 0, message: { role: 'assistant', content: words }, finish_reason: 'stop' }],
    ...usage,
  };
}

async function stream(response: ServerResponse, wish: Wish, words: string): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const send = (chunk: object): boolean => {
    const text = JSON.stringify(chunk);
    const floats = wish.has('float') ? text.replaceAll(/(_tokens":\d+)(?=[,}])/g, '$1.0') : text;
    return response.write(`data: ${floats}\n\n`);
  };
  const base = { id: 'cmpl-s', object: 'chat.completion.chunk', created: 1700000000, model: 'vendor-model' };
  if (wish.has('comment')) response.write(': keep alive\n\n');
  for (let at = 0; at < words.length; at += 9) {
    send({
      ...base,
      choices: [{ index: 0, delta: { content: words.slice(at, at + 9) }, finish_reason: null }],
    });
    if (wish.has('slow')) await pause(Number(wish.get('slow')));
    if (wish.has('cut') && at >= 9) {
      response.socket?.destroy();
      return;
    }
  }
  const last = { ...base, choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] };
  const tokens = {
    prompt_tokens: Number(wish.get('in') ?? 11),
    completion_tokens: Number(wish.get('out') ?? 7),
  };
  send(wish.has('nousage') ? last : { ...last, usage: tokens });
  response.end('data: [DONE]\n\n');
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  const body = JSON.parse(text) as { readonly stream?: boolean };
  const wish = wishOf(text);
  const words = wish.get('say') ?? 'Certainly – here is “the” answer: naïve café 😀, as asked.';
  if (wish.has('hang')) await pause(Number(wish.get('hang')));
  if (wish.has('drop')) {
    response.socket?.destroy();
    return;
  }
  if (wish.has('status')) {
    const status = Number(wish.get('status'));
    const json = {
      error: { message: `simulated ${status}\nsecond “line”`, type: 'server_error', code: null },
    };
    response.writeHead(status, { 'content-type': wish.has('plain') ? 'text/plain' : 'application/json' });
    response.end(wish.has('plain') ? `simulated ${status} in plain words` : JSON.stringify(json));
    return;
  }
  if (body.stream === true) {
    await stream(response, wish, words);
    return;
  }
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(wish.has('badjson') ? '{"id": "cmpl' : JSON.stringify(bodyOf(request.url ?? '', wish, words)));
}

/** Starts the provider on a free port of this machine. */
export async function startProvider(): Promise<Provider> {
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.socket?.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
