import type { Failure } from '../../../contract/failure.ts';
import type { Content, NodeDetail } from '../../../contract/vek.ts';
import { parseJson } from '../../../core/json/parse.ts';
import { copyText } from '../../app/capabilities.ts';
import { attempt } from '../../app/client.ts';
import { api } from '../../app/engine.ts';
import { linkTo } from '../../app/links.ts';
import { toast, toastFailure } from '../../state/toasts.ts';
import { formatBytes } from '../../ui/format.ts';
import { callJson, isWhole } from './call-json.ts';
import { callMarkdown } from './call-markdown.ts';
import { curlOf } from './curl.ts';

/** What of a call can be copied. */
export type CopyKind = 'hash' | 'short-hash' | 'json' | 'input' | 'output' | 'curl' | 'markdown' | 'link';

/** Bytes of one content that are fetched whole to be copied. */
const MAX_COPY_BYTES = 64 * 1024 * 1024;
/** A pretty text is at most this many times as large as its bytes, for all but hostile nesting. */
const PRETTY_FACTOR = 6;

/** Copies a text and says so; `note` is what there is to know about it. */
async function copy(text: string, title: string, note?: string): Promise<void> {
  const copied = await copyText(text);
  if (!copied.ok) toastFailure(copied.error);
  else
    toast({
      kind: note === undefined ? 'done' : 'note',
      title,
      ...(note === undefined ? {} : { text: note }),
    });
}

/** Copies a full hash, or a part of it. */
export async function copyHash(hash: string): Promise<void> {
  await copy(hash, hash.length > 8 ? 'Hash copied' : `Copied ${hash}`);
}

/** Copies one form of a call; what can't be copied so is said in words. */
export async function copyCall(source: string, hash: string, kind: CopyKind): Promise<void> {
  if (kind === 'hash') return copyHash(hash);
  if (kind === 'short-hash') return copyHash(hash.slice(0, 8));
  if (kind === 'link') return copyLink(source, hash);
  const answer = await attempt(api.vek.node({ source, hash }));
  if (!answer.ok) {
    toastFailure(answer.error);
    return;
  }
  const detail = kind === 'markdown' ? answer.value : await whole(source, answer.value);
  switch (kind) {
    case 'json':
      return copyJson(detail);
    case 'input':
    case 'output':
      return copyContent(detail[kind], kind);
    case 'curl':
      return copyCurl(detail);
    case 'markdown':
      return copy(callMarkdown(detail, linkTo(source, hash)), 'Copied as Markdown');
    default:
      kind satisfies never;
  }
}

async function copyLink(source: string, hash: string): Promise<void> {
  const link = linkTo(source, hash);
  if (link === null) toastFailure(NO_LINK);
  else await copy(link, 'Link copied', 'It opens this call in Vekscope on this machine.');
}

const NO_LINK: Failure = {
  kind: 'bad-request',
  message: 'There is no link to this call.',
  hint: 'Its hash has another form than vek writes. Copy it as JSON instead.',
};

async function copyJson(detail: NodeDetail): Promise<void> {
  const { record, input, output } = detail;
  const text = callJson(record, input, output);
  const left = [input, output].some((content) => !isWhole(content));
  await copy(
    text,
    left ? 'Copied without all of its content' : `Copied as JSON, ${formatBytes(text.length)}`,
    left
      ? 'Input or output is missing, too large, or no JSON. It stands as null with a note beside it.'
      : undefined,
  );
}

async function copyContent(content: Content, kind: 'input' | 'output'): Promise<void> {
  if (content.form === 'missing' || content.form === 'unreadable' || content.form === 'empty') {
    toast({ kind: 'note', title: `There is no ${kind} to copy`, text: content.notes[0] ?? '' });
    return;
  }
  const what = kind === 'input' ? 'Input' : 'Output';
  await copy(
    content.text,
    `${what} copied, ${formatBytes(content.bytes)}`,
    content.cut ? 'Only its beginning: it is too large to copy whole. Save its bytes instead.' : undefined,
  );
}

async function copyCurl({ input }: NodeDetail): Promise<void> {
  const parsed = isWhole(input) ? parseJson(input.text) : null;
  const command = parsed?.ok === true ? curlOf(parsed.node) : null;
  if (command === null) {
    toast({
      kind: 'note',
      title: 'The input is no request that curl can make',
      text: 'It needs a url with http or https; method, headers, params and body are taken from beside it.',
    });
    return;
  }
  const { secrets, text } = command;
  await copy(
    text,
    'Copied as curl',
    secrets.length === 0
      ? undefined
      : `Secrets are left out: set ${secrets.map((name) => `$${name}`).join(', ')} before you run it.`,
  );
}

/** The call with all of both contents, as far as they may be fetched. */
async function whole(source: string, detail: NodeDetail): Promise<NodeDetail> {
  const [input, output] = await Promise.all([fetched(source, detail.input), fetched(source, detail.output)]);
  return { ...detail, input, output };
}

async function fetched(source: string, content: Content): Promise<Content> {
  if (!content.cut || content.bytes > MAX_COPY_BYTES) return content;
  const limitBytes = Math.min(256 * 1024 * 1024, content.bytes * PRETTY_FACTOR + 65_536);
  const answer = await attempt(api.vek.content({ source, hash: content.hash, limitBytes }));
  if (answer.ok) return answer.value;
  toastFailure(answer.error);
  return content;
}
