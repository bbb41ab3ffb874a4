import type { Verb } from './command.ts';
import { agentsHelp } from './verbs/agents-help.ts';
import { ledgerHelp, ledgerPartHelp } from './verbs/ledger-help.ts';
import { mergeHelp } from './verbs/merge-help.ts';

/**
 * Every verb with its words and options. What a verb does is loaded when it is called, so that a short question
 * does not wait for the server or the writers.
 */
export const verbs: ReadonlyMap<string, Verb> = new Map(
  Object.entries<Verb>({
    inspect: {
      usage: 'inspect [DIR]',
      summary: 'What a folder holds, each store checked in full',
      words: [0, 1],
      run: async (call) => (await import('./verbs/check.ts')).runInspect(call),
    },
    status: {
      usage: 'status',
      summary: 'Branch, tip and counts',
      words: [0, 0],
      run: async (call) => (await import('./verbs/read.ts')).runStatus(call),
    },
    log: {
      usage: 'log [-n N | --all] [--branch B]',
      summary: 'The chain of first parents, newest first; 20 unless told',
      words: [0, 0],
      options: { n: { type: 'string', short: 'n' }, all: { type: 'boolean' }, branch: { type: 'string' } },
      run: async (call) => (await import('./verbs/log.ts')).runLog(call),
    },
    show: {
      usage: 'show HASH',
      summary: 'One call with its input and output',
      words: [1, 1],
      run: async (call) => (await import('./verbs/read.ts')).runShow(call),
    },
    'cat-file': {
      usage: 'cat-file HASH [--raw]',
      summary: 'The content of an object; --raw gives its bytes as they are',
      words: [1, 1],
      options: { raw: { type: 'boolean' } },
      run: async (call) => (await import('./verbs/read.ts')).runCatFile(call),
    },
    branch: {
      usage: 'branch [NAME]',
      summary: 'List branches; or create one at the tip, where needed, and switch to it',
      words: [0, 1],
      run: async (call) => (await import('./verbs/write.ts')).runBranch(call),
    },
    tag: {
      usage: 'tag [NAME [HASH]]',
      summary: 'List tags; or tag a call, the tip unless told',
      words: [0, 2],
      run: async (call) => (await import('./verbs/write.ts')).runTag(call),
    },
    fsck: {
      usage: 'fsck [--verbose] [--evidence FILE]',
      summary:
        'Recompute every hash and follow every link; --verbose also says what holds, --evidence writes a file for others',
      words: [0, 0],
      options: { verbose: { type: 'boolean' }, evidence: { type: 'string' } },
      run: async (call) => (await import('./verbs/check.ts')).runFsck(call),
    },
    compare: {
      usage: 'compare A B [--ignore times|ids|field:NAME …] [--calls | --runs]',
      summary: 'Two runs (branches, tags, hashes) side by side from their split; two hashes: the two calls',
      words: [2, 2],
      options: {
        ignore: { type: 'string', multiple: true },
        calls: { type: 'boolean' },
        runs: { type: 'boolean' },
      },
      run: async (call) => (await import('./verbs/compare.ts')).runCompare(call),
    },
    export: {
      usage: 'export [--format json|jsonl] [--branch B]',
      summary: 'Everything that refs reach, in the form of the Python tool',
      words: [0, 0],
      options: { format: { type: 'string' }, branch: { type: 'string' } },
      run: async (call) => (await import('./verbs/export.ts')).runExport(call),
    },
    fork: {
      usage: 'fork HASH [NAME | --name NAME]',
      summary: 'Set a branch to a call and switch to it; a branch of that name is moved',
      words: [1, 2],
      options: { name: { type: 'string' } },
      run: async (call) => (await import('./verbs/write.ts')).runFork(call),
    },
    merge: {
      usage: 'merge BRANCH [--preview] [--documents TOOL=RULE …] [--take BRANCH | --resolutions FILE]',
      summary: 'Merge a branch into the current one: its calls, and the documents that both changed',
      details: mergeHelp,
      words: [1, 1],
      options: {
        preview: { type: 'boolean' },
        documents: { type: 'string', multiple: true },
        take: { type: 'string' },
        resolutions: { type: 'string' },
      },
      run: async (call) => (await import('./verbs/merge.ts')).runMerge(call),
    },
    merge3: {
      usage: 'merge3 BASE OURS THEIRS [--out FILE] [--markers] [--path NAME]',
      summary:
        'Merge JSON files; --markers leaves conflicts to be resolved by hand, as git’s merge driver does',
      words: [3, 3],
      options: { out: { type: 'string' }, markers: { type: 'boolean' }, path: { type: 'string' } },
      run: async (call) => (await import('./verbs/merge3.ts')).runMerge3(call),
    },
    agents: {
      usage: 'agents list|cost|doctor|prompt|escalations|resolve|history|restore …',
      summary:
        'Agent folders: who is there, what they cost, what is wrong, their prompts; answers, former versions of files',
      details: agentsHelp,
      words: [1, 4],
      options: {
        agent: { type: 'string' },
        today: { type: 'string' },
        text: { type: 'boolean' },
        approve: { type: 'boolean' },
        reject: { type: 'boolean' },
        redact: { type: 'boolean' },
        amend: { type: 'string' },
        note: { type: 'string' },
        by: { type: 'string' },
        yes: { type: 'boolean' },
        preview: { type: 'boolean' },
      },
      run: async (call) => (await import('./verbs/agents.ts')).runAgents(call),
    },
    ledger: {
      usage: 'ledger verify|balances|events|executions|spend|proof [FILE] …',
      summary:
        'The budget ledger of AEX: check it in full, what agents have, its entries, calls, sums and proof',
      details: ledgerHelp,
      part: ledgerPartHelp,
      words: [1, 3],
      options: {
        verbose: { type: 'boolean' },
        script: { type: 'boolean' },
        agent: { type: 'string' },
        query: { type: 'string' },
        n: { type: 'string', short: 'n' },
        all: { type: 'boolean' },
        by: { type: 'string' },
      },
      run: async (call) => (await import('./verbs/ledger.ts')).runLedger(call),
    },
    undo: {
      usage: 'undo',
      summary: 'Take back the last write that Vekscope made',
      words: [0, 0],
      run: async (call) => (await import('./verbs/write.ts')).runUndo(call),
    },
    logfile: {
      usage: 'logfile [-n N]',
      summary: 'Where Vekscope’s own log is, and its last lines; for bug reports',
      words: [0, 0],
      options: { n: { type: 'string', short: 'n' } },
      run: async (call) => (await import('./verbs/logfile.ts')).runLogfile(call),
    },
    open: {
      usage: 'open [DIR | LINK]',
      summary: 'Open the window on a folder, or on the call of a link',
      words: [0, 1],
      run: async (call) => (await import('./verbs/window.ts')).runOpen(call),
    },
    serve: {
      usage: 'serve [DIR | LINK] [--port N]',
      summary: 'Serve the window on this machine; prints its address',
      words: [0, 1],
      options: { port: { type: 'string' } },
      run: async (call) => (await import('./verbs/window.ts')).runServe(call),
    },
  }),
);
