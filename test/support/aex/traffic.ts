import type { RealAex } from './daemon.ts';

type Random = (below: number) => number;

/** What a request came to: the status, or null where the connection broke. */
export type Answered = { readonly status: number | null; readonly text: string };

export type Ask = {
  readonly agent: string;
  readonly path: string;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** ms after which the client goes away */
  readonly leaveAfterMs?: number;
};

/** Sends one request to the daemon as an agent. Never throws. */
export async function ask(aex: RealAex, one: Ask): Promise<Answered> {
  try {
    const response = await fetch(aex.url() + one.path, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${aex.tokens.get(one.agent) ?? 'none'}`,
        'content-type': 'application/json',
        ...one.headers,
      },
      body: typeof one.body === 'string' ? one.body : JSON.stringify(one.body),
      ...(one.leaveAfterMs === undefined ? {} : { signal: AbortSignal.timeout(one.leaveAfterMs) }),
    });
    return { status: response.status, text: await response.text() };
  } catch (error) {
    return { status: null, text: String(error) };
  }
}

const WORDS = [
  'harbour',
  'plan',
  'naïve',
  'berth',
  '😀',
  'crane',
  'price list',
  'invoice',
  '“quoted”',
  'tide\ttable',
];
const CHAT = ['/v1/chat/completions', '/openai/v1/chat/completions'] as const;

let requests = 0;

const textOf = (random: Random): string =>
  `${Array.from({ length: 1 + random(30) }, () => WORDS[random(WORDS.length)]).join(' ')} ${++requests}`;

function chatOf(random: Random, wish: string): { readonly path: string; readonly body: object } {
  const model = ['mini', 'mini', 'big', 'alt', 'free', undefined][random(6)];
  const content = `${textOf(random)} [[${wish}]]`;
  return {
    path: CHAT[random(2)]!,
    body: {
      messages:
        random(4) === 0
          ? [
              { role: 'system', content: null },
              { role: 'user', content },
            ]
          : [{ role: 'user', content }],
      ...(model === undefined ? {} : { model }),
      ...(random(3) === 0 ? {} : { max_tokens: 1 + random(60) }),
      ...(random(5) === 0 ? { temperature: 0.5, seed: 1.0 } : {}),
    },
  };
}

/** One random request of an agent; kinds as a real week has them, and the odd ones more often. */
export function anyRequest(random: Random, agent: string): Ask {
  const used = `in=${random(60)} out=${random(40)}`;
  const kind = random(26);
  const chat = (wish: string): Ask => ({ agent, ...chatOf(random, wish) });
  const streamed = (wish: string, leaveAfterMs?: number): Ask => {
    const { path, body } = chatOf(random, wish);
    return {
      agent,
      path,
      body: { ...body, stream: true },
      ...(leaveAfterMs === undefined ? {} : { leaveAfterMs }),
    };
  };
  if (kind < 8) return chat(used);
  if (kind === 8) return chat(`in=${200 + random(200)} out=${300 + random(600)}`);
  if (kind === 9) return chat('nousage');
  if (kind === 10)
    return chat(`status=${[400, 401, 429, 500, 503][random(5)]}${random(2) === 0 ? ' plain' : ''}`);
  if (kind === 11) return chat(random(2) === 0 ? 'badjson' : 'drop');
  if (kind === 12) return { ...chat(used), headers: { 'idempotency-key': ` key-${random(6)} ` } };
  if (kind === 13) return { ...chat(used), headers: { 'x-aex-step-id': `step ${random(4)}` } };
  if (kind < 17) return streamed(random(3) === 0 ? 'nousage' : used);
  if (kind === 17) return streamed(random(2) === 0 ? 'cut' : 'status=502');
  if (kind === 18) return streamed('slow=40', 60);
  if (kind === 19)
    return {
      agent,
      path: '/v1/embeddings',
      body: { model: 'embed', input: [textOf(random), `x [[in=${random(90)}]]`] },
    };
  if (kind === 20)
    return {
      agent,
      path: '/v1/responses',
      body: { model: 'alt', input: `${textOf(random)} [[${used}]]`, max_output_tokens: 20 },
    };
  if (kind === 21)
    return {
      agent,
      path: '/v1/tools/execute',
      body: {
        tool_name: random(3) === 0 ? 'gratis' : 'adder',
        arguments: { a: random(1000), b: 2.5, ...(random(4) === 0 ? { fail: 1 } : {}) },
      },
    };
  if (kind === 22)
    return {
      agent,
      path: CHAT[0],
      body: { model: ['ghost', 'locked', 'unheard'][random(3)], messages: [{ content: textOf(random) }] },
    };
  if (kind === 23)
    return {
      agent,
      path: CHAT[0],
      body: { model: 'big', messages: [{ role: 'user', content: textOf(random) }], max_tokens: 1024 },
    };
  if (kind === 24)
    return {
      agent,
      path: CHAT[0],
      body: { messages: [{ role: 'user', content: textOf(random) }], max_tokens: 5000 },
    };
  return { agent, path: '/v1/responses', body: { model: 'mini', input: textOf(random), stream: true } };
}

const MOVES = ['PAUSED', 'READY', 'QUARANTINED', 'READY', 'RUNNING'] as const;

export type TrafficOptions = {
  readonly requests: number;
  /** how many at once */
  readonly together?: number;
  /** seconds since 1970 at which a standing clock begins; it is moved on between requests */
  readonly clock?: number;
};

/** Sends random requests of all agents with commands of the operator between them; gives the clock at the end. */
export async function runTraffic(aex: RealAex, random: Random, options: TrafficOptions): Promise<number> {
  let now = options.clock ?? 0;
  const repeated: Ask[] = [];
  for (let sent = 0; sent < options.requests;) {
    const agents = [...aex.tokens.keys()];
    if (options.clock !== undefined) {
      now += random(12) === 0 ? 3600 * (1 + random(30)) : random(25);
      aex.at(now);
    }
    const batch = Array.from({ length: Math.min(options.together ?? 1, options.requests - sent) }, () =>
      repeated.length > 0 && random(14) === 0
        ? repeated[random(repeated.length)]!
        : anyRequest(random, agents[random(agents.length)]!),
    );
    repeated.push(...batch.slice(0, 1));
    sent += batch.length;
    await Promise.all(batch.map((one) => ask(aex, one)));
    // what a client left is released a moment later: the clock stands until then
    if (options.clock !== undefined && batch.some(({ leaveAfterMs }) => leaveAfterMs !== undefined)) {
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
    if (random(30) === 0) {
      const agent = agents[random(agents.length)]!;
      const [printed = ''] = await aex.peer.cli([['agent', 'rotate-token', agent]]);
      const token = /([0-9a-f]{32})/.exec(printed)?.[1];
      if (token !== undefined) aex.tokens.set(agent, token);
    }
    if (random(25) === 0) {
      const agent = agents[random(agents.length)]!;
      const move = MOVES[random(MOVES.length)]!;
      await aex.peer.cli([['agent', 'state', '--reason', textOf(random), '--', agent, move]]);
      if (random(3) !== 0)
        await aex.peer.cli([
          ['agent', 'state', '--', agent, 'PAUSED'],
          ['agent', 'state', '--', agent, 'READY'],
        ]);
    }
  }
  return now;
}

/** Creates a handful of agents with budgets, limits and names of many kinds. */
export async function createAgents(aex: RealAex, random: Random): Promise<void> {
  const usd = (): number => (1 + random(60)) / 1000;
  await aex.createAgent('researcher', 0.05 + random(100) / 1000, 400);
  await aex.createAgent('écrivain 😀', usd(), 300);
  await aex.createAgent('tight', 0.0021, 200);
  await aex.createAgent('slow', usd(), 3);
  await aex.createAgent('tokens', usd(), 100, '--max-tokens-per-minute', '90');
  await aex.createAgent(
    'capped',
    usd(),
    100,
    '--allowed-models',
    'mini',
    '--max-output-tokens',
    '50',
    '--no-streaming',
  );
  if (random(2) === 0) await aex.createAgent('__proto__', usd(), 50);
  if (random(2) === 0) await aex.createAgent('reader', usd(), 50, '--scope', 'read-only');
}
