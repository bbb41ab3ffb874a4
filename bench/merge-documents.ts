import { randomFrom, type Random } from './generate-random.ts';

/** Pretty-printed versions of one document; ours and theirs changed different places of it. */
export type Documents = {
  readonly base: string;
  readonly ours: string;
  readonly theirs: string;
  readonly edits: number;
};

type Item = {
  id: number;
  name: string;
  price: number;
  done: boolean;
  tags: string[];
  owner: { name: string; mail: string };
};
type Section = { title: string; notes: string; items: Item[]; limits: Record<string, number> };
type Document = Record<string, Section>;

const ITEMS = 20;
const words = ['north', 'harbour', 'quiet', 'ticket', 'lamp', 'river', 'paper', 'signal', 'orchard', 'stone'];

/**
 * A document of about so many bytes as it is pretty-printed, and two versions with `edits` changes each, no two at one
 * place and none beside another: every tool should merge them without a conflict.
 */
export function makeDocuments(bytes: number, edits: number, seed: number): Documents {
  const random = randomFrom(seed);
  const sample = pretty({ s0: makeSection(random, 0) }).length;
  const count = Math.max(1, Math.round(bytes / sample));
  const make = (): Document => {
    const again = randomFrom(seed + 1);
    return Object.fromEntries(Array.from({ length: count }, (_, i) => [`s${i}`, makeSection(again, i)]));
  };
  const [base, ours, theirs] = [make(), make(), make()];
  const places = count * ITEMS;
  const step = Math.max(1, Math.floor(places / (2 * edits)));
  for (let i = 0; i < 2 * edits; i += 1) {
    const place = (i * step) % places;
    const document = i % 2 === 0 ? ours : theirs;
    change(document[`s${Math.floor(place / ITEMS)}`]!, place % ITEMS, i);
  }
  return { base: pretty(base), ours: pretty(ours), theirs: pretty(theirs), edits };
}

function change(section: Section, item: number, kind: number): void {
  const changed = section.items[item]!;
  switch (Math.floor(kind / 2) % 4) {
    case 0:
      changed.price += 1;
      break;
    case 1:
      changed.owner.mail = `changed-${kind}@example.org`;
      break;
    case 2:
      changed.tags.push(`tag-${kind}`);
      break;
    default:
      changed.name = `${changed.name} ${kind}`;
  }
}

function makeSection(random: Random, number: number): Section {
  const line = (): string => Array.from({ length: 8 }, () => random.pick(words)).join(' ');
  return {
    title: `${random.pick(words)} ${number}`,
    notes: Array.from({ length: 6 }, line).join('\n'),
    items: Array.from({ length: ITEMS }, (_, i) => ({
      id: number * ITEMS + i,
      name: `${random.pick(words)} ${random.pick(words)}`,
      price: random.int(100_000) / 100,
      done: random.chance(0.5),
      tags: Array.from({ length: random.int(4) }, () => random.pick(words)),
      owner: { name: random.pick(words), mail: `${random.pick(words)}@example.org` },
    })),
    limits: Object.fromEntries(words.map((word) => [word, random.int(1000)])),
  };
}

/** As a person's tools print it, so that tools of lines have lines. */
export function pretty(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
