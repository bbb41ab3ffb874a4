import type { JsonNode } from '../../../core/json/tree.ts';
import { requestOf, type Request } from './curl-request.ts';
import { shellQuote } from './shell-quote.ts';

/** A command line, and the variables that stand in it in place of secrets. */
export type CurlCommand = { readonly text: string; readonly secrets: readonly string[] };

const SECRET_HEADER =
  /^(?:proxy-)?authorization$|cookie|token|secret|passw|api[-_]?key|auth[-_]?key|credential|session/i;
const SECRET_PARAM =
  /^(?:.*[-_.])?(?:token|secret|passw(?:or)?d|key|apikey|sig|signature|auth|credentials?)$/i;
const SCHEME = /^(Bearer|Basic|Token|Digest|ApiKey|Negotiate)(\s+)(?=\S)/i;

/**
 * The curl command of the request that an input describes; null where it describes none, or holds what no command line
 * can. What looks like a secret in headers and address is a variable instead, so that pasting it gives nothing away.
 */
export function curlOf(input: JsonNode): CurlCommand | null {
  const request = requestOf(input);
  if (request === null) return null;
  const secrets = new Map<string, string>();
  const hide = (name: string, value: string): string => variableFor(secrets, name, value);
  const parts = [addressPart(request, hide), ...headerParts(request, hide), ...bodyParts(request)];
  if (parts.some((part) => part === null)) return null;
  const glob = /[[\]{}]/.test(request.url) ? '--globoff ' : '';
  return {
    text: `curl ${glob}${methodPart(request)}${parts.join(' \\\n  ')}`,
    secrets: [...secrets.values()],
  };
}

type Hide = (name: string, value: string) => string;

/** The name of the variable for a secret: the same for the same value. */
function variableFor(secrets: Map<string, string>, name: string, value: string): string {
  const known = secrets.get(value);
  if (known !== undefined) return known;
  const base =
    name
      .toUpperCase()
      .replaceAll(/[^A-Z0-9]+/g, '_')
      .replace(/^_|_$/g, '') || 'SECRET';
  const plain = /^[0-9]/.test(base) ? `SECRET_${base}` : base;
  const taken = new Set(secrets.values());
  let variable = plain;
  for (let n = 2; taken.has(variable); n += 1) variable = `${plain}_${n}`;
  secrets.set(value, variable);
  return variable;
}

function methodPart({ method, body }: Request): string {
  if (method === null || method === (body === null ? 'GET' : 'POST')) return '';
  return method === 'HEAD' && body === null ? '--head ' : `-X ${method} `;
}

/** The address; name and password in it, and parameters that look like secrets, are variables. */
function addressPart({ url }: Request, hide: Hide): string | null {
  const pieces: Piece[] = [];
  const user = /^(https?:\/\/)([^/?#]*)@/i.exec(url);
  let rest = url;
  if (user !== null) {
    pieces.push(user[1]!, { variable: hide('credentials', user[2]!) }, '@');
    rest = url.slice(user[0].length);
  }
  const query = /^([^?#]*\?)([^#]*)(.*)$/s.exec(rest);
  if (query === null) return quoted([...pieces, rest]);
  pieces.push(query[1]!);
  for (const [index, pair] of query[2]!.split('&').entries()) {
    const name = pair.split('=', 1)[0]!;
    const value = pair.slice(name.length + 1);
    if (index > 0) pieces.push('&');
    if (value !== '' && SECRET_PARAM.test(plainName(name))) {
      pieces.push(`${name}=`, { variable: hide(plainName(name), value) });
    } else pieces.push(pair);
  }
  return quoted([...pieces, query[3]!]);
}

function plainName(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

function headerParts({ headers, body }: Request, hide: Hide): readonly (string | null)[] {
  const parts = headers.map(([name, value]) => {
    // a line break would begin another header
    if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name) || /[\r\n]/.test(value)) return null;
    const argument = SECRET_HEADER.test(name)
      ? quoted([`${name}: `, ...secretValue(name, value, hide)])
      : quoted([value.trim() === '' ? `${name};` : `${name}: ${value}`]);
    return argument === null ? null : `-H ${argument}`;
  });
  const typed = headers.some(([name]) => name.toLowerCase() === 'content-type');
  if (body === null || typed || body.type === 'application/x-www-form-urlencoded') return parts;
  // without it curl would say that the body is a form
  return [...parts, body.type === null ? "-H 'Content-Type:'" : `-H 'Content-Type: ${body.type}'`];
}

function secretValue(name: string, value: string, hide: Hide): readonly Piece[] {
  const scheme = SCHEME.exec(value);
  if (scheme === null) return [{ variable: hide(name, value) }];
  return [scheme[0], { variable: hide(name, value.slice(scheme[0].length)) }];
}

function bodyParts({ body }: Request): readonly (string | null)[] {
  if (body === null) return [];
  const argument = shellQuote(body.text);
  return [argument === null ? null : `--data-raw ${argument}`];
}

type Piece = string | { readonly variable: string };

/** One argument made of texts and variables. */
function quoted(pieces: readonly Piece[]): string | null {
  const joined: Piece[] = [];
  for (const piece of pieces) {
    const last = joined.at(-1);
    if (typeof piece === 'string' && typeof last === 'string') joined[joined.length - 1] = last + piece;
    else joined.push(piece);
  }
  const parts = joined.map((piece) => {
    if (typeof piece !== 'string') return `"$${piece.variable}"`;
    return piece === '' ? '' : shellQuote(piece);
  });
  return parts.includes(null) ? null : parts.join('');
}
