import type { Random } from './generate-random.ts';

/** One made-up tool call. `input` and `output` are canonical JSON texts (formats/vek.md §4). */
export type Call = { readonly tool: string; readonly input: string; readonly output: string };

const words =
  'agent token budget ledger branch merge parent cache retry timeout schema index query result stream parser buffer lane graph commit hash digest window scroll worker queue lock Zürich naïve café résumé für straße данные 検索 日本語 the a of to in is that for on with as by from at which when where each every only never always quick slow small large first last next open closed'.split(
    ' ',
  );
const folders = ['src', 'src/core', 'src/ui', 'docs', 'tests', 'scripts', 'packages/api/src', 'notes'];
const stems = ['parser', 'ledger', 'README', 'main', 'index', 'budget', 'retry', 'client', 'schema', 'plan'];
const endings = ['.ts', '.py', '.md', '.json', '.toml', '.rs'];
const hosts = ['docs.example.org', 'api.example.com', 'example.net', 'wiki.example.org'];
const commands = [
  'pytest -q',
  'npm test -- --run',
  'git status --short',
  'git diff --stat',
  'ls -la src',
  'grep -rn "TODO" src | head -20',
  'cargo check',
  'python -m build',
  'rm -rf build && make all',
  "sed -n '1,80p' src/main.ts",
];
const models = ['gpt-4o-mini', 'claude-sonnet-4', 'llama-3.3-70b', 'mistral-large'];
const failures = [
  'connection reset by peer',
  'timed out after 30 s',
  'file not found',
  'rate limit reached (429)',
];

/** Makes calls of an agent's usual tools. `payload` is the mean size of one object in bytes. */
export function callMaker(random: Random, payload: number): () => Call {
  const corpus = makeCorpus(random, 1 << 18);
  const paths = Array.from({ length: 400 }, () => makePath(random));
  const text = (length: number): string => {
    const wanted = Math.max(1, Math.min(length, corpus.length >> 1));
    const start = random.int(corpus.length - wanted);
    return corpus.slice(start, start + wanted);
  };
  const q = JSON.stringify;
  const code = (length: number): string => text(length).replaceAll('. ', ';\n');
  const words2 = (count: number): string => Array.from({ length: count }, () => random.pick(words)).join(' ');
  const url = (): string => `https://${random.pick(hosts)}/${random.pick(stems)}/${random.int(100_000)}`;
  const failure = (): string =>
    `{"error":{"message":${q(random.pick(failures))},"retryable":${random.chance(0.5)},"type":"ToolError"}}`;

  const search = (size: number): Call => {
    const count = 1 + random.int(5);
    const each = Math.max(8, size / count - 90);
    const results = Array.from(
      { length: count },
      () => `{"snippet":${q(text(each))},"title":${q(words2(4))},"url":${q(url())}}`,
    );
    return {
      tool: random.chance(0.8) ? 'web.search' : 'search',
      input: `{"limit":${count},"query":${q(words2(2 + random.int(5)))}}`,
      output: `{"results":[${results.join(',')}],"took_ms":${random.int(2000)}}`,
    };
  };
  const fetchPage = (size: number): Call => ({
    tool: 'web.fetch',
    input: `{"url":${q(url())}}`,
    output: random.chance(0.1)
      ? failure()
      : `{"body":${q(text(size))},"headers":{"content-type":"text/html"},"status":200}`,
  });
  const shell = (size: number): Call => {
    const failed = random.chance(0.15);
    return {
      tool: random.chance(0.7) ? 'shell' : 'bash.run',
      input: `{"command":${q(random.pick(commands))},"cwd":"/srv/project-${random.int(9)}"}`,
      output: `{"exit_code":${failed ? 1 + random.int(3) : 0},"stderr":${q(failed ? words2(8) : '')},"stdout":${q(`\u001b[32mok\u001b[0m ${code(size)}`)}}`,
    };
  };
  const read = (size: number): Call => {
    const content = code(size);
    return {
      tool: 'read_file',
      input: `{"path":${q(random.pick(paths))}}`,
      output: random.chance(0.03)
        ? failure()
        : `{"content":${q(content)},"lines":${content.split('\n').length}}`,
    };
  };
  const write = (size: number): Call => ({
    tool: 'write_file',
    input: `{"content":${q(code(size))},"path":${q(random.pick(paths))}}`,
    output: `{"bytes":${size},"ok":true}`,
  });
  const edit = (size: number): Call => ({
    tool: 'edit_file',
    input: `{"new":${q(code(size / 2))},"old":${q(code(size / 2))},"path":${q(random.pick(paths))}}`,
    output: random.chance(0.05) ? failure() : '{"ok":true,"replaced":1}',
  });
  const chat = (size: number): Call => {
    const prompt = 200 + random.int(20_000);
    const answer = 20 + random.int(1500);
    const cost = (prompt * 3 + answer * 15 + 200) / 1_000_000;
    const usage = `{"completion_tokens":${answer},"prompt_tokens":${prompt},"total_tokens":${prompt + answer}}`;
    return {
      tool: 'model.chat',
      input: `{"messages":[{"content":"You are a careful engineer.","role":"system"},{"content":${q(text(size / 3))},"role":"user"}],"model":${q(random.pick(models))},"temperature":${random.pick(['1.0', '0.2', '0.0', '0.7'])}}`,
      output: `{"content":${q(`${text((size * 2) / 3)} 👍`)},"cost_usd":${cost},"finish_reason":"stop","usage":${usage}}`,
    };
  };
  const plan = (size: number): Call => ({
    tool: 'plan.update',
    input: `{"steps":[${q(words2(4))},${q(words2(5))}],"why":${q(text(size))}}`,
    output: random.pick(['null', 'true', '"noted"']),
  });
  // [maker, weight, bytes of frame around the text]
  const makers = [
    [search, 18, 160],
    [fetchPage, 10, 110],
    [shell, 20, 130],
    [read, 18, 60],
    [write, 6, 80],
    [edit, 8, 70],
    [chat, 16, 320],
    [plan, 4, 90],
  ] as const;
  const wheel = makers.flatMap(([maker, weight, frame]) =>
    Array.from({ length: weight }, () => [maker, frame] as const),
  );
  return () => {
    const [maker, frame] = random.pick(wheel);
    // Two objects a call, of which the small ones often repeat; escapes make the bytes longer than the text.
    return maker(Math.max(4, Math.round(random.exponential(Math.max(8, (2 * payload - frame) * 0.68)))));
  };
}

function makePath(random: Random): string {
  return `${random.pick(folders)}/${random.pick(stems)}${random.chance(0.5) ? `_${random.int(50)}` : ''}${random.pick(endings)}`;
}

/** Sentences without characters outside the basic plane, so that it may be cut anywhere. */
function makeCorpus(random: Random, length: number): string {
  const parts: string[] = [];
  for (let size = 0; size < length;) {
    const word = random.pick(words) + (random.chance(0.12) ? '. ' : random.chance(0.02) ? ' "quoted" ' : ' ');
    parts.push(word);
    size += word.length;
  }
  return parts.join('');
}
