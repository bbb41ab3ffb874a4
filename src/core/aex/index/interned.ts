import type { TextPool } from '../../columns/text-pool.ts';

/** Texts that are remembered with their numbers: those of a ledger come again and again, and soon. */
const REMEMBERED = 8_192;
const ROOM = 4_096;

/** Numbers of texts in a pool, without making bytes of a text that was just there. */
export class Interned {
  readonly #pool: TextPool;
  readonly #known = new Map<string, number>();
  readonly #bytes = Buffer.alloc(ROOM);
  #last = '';
  #lastId = 0;

  constructor(pool: TextPool) {
    this.#pool = pool;
  }

  id(text: string): number {
    if (text === this.#last && this.#lastId !== 0) return this.#lastId;
    let id = this.#known.get(text);
    if (id === undefined) {
      id = this.#add(text);
      if (this.#known.size >= REMEMBERED) this.#known.clear();
      // A long text would keep memory that the pool has already.
      if (text.length <= 256) this.#known.set(text, id);
    }
    this.#last = text;
    this.#lastId = id;
    return id;
  }

  #add(text: string): number {
    if (text.length * 3 > ROOM) return this.#pool.add(text);
    return this.#pool.addBytes(this.#bytes, 0, this.#bytes.write(text, 0, 'utf8'));
  }
}
