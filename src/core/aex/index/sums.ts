import { ENTRY_KINDS } from '../../../contract/ledger.ts';

const RESERVE = ENTRY_KINDS.indexOf('reserve');
const COMMIT = ENTRY_KINDS.indexOf('commit');
const RELEASE = ENTRY_KINDS.indexOf('release');

type Amounts = {
  readonly kind: Uint8Array;
  readonly agent: Uint32Array;
  readonly estimated: Float64Array;
  readonly amount: Float64Array;
};
type Balances = {
  readonly spent: Float64Array;
  readonly reserved: Float64Array;
  readonly allSpent: Float64Array;
  readonly allReserved: Float64Array;
};

/**
 * The balance replay (formats/aex.md §7), entry by entry: what each agent and all have spent and hold reserved. An amount
 * that is absent or no exact number counts as 0.
 */
export class RunningSums {
  #spent = new Float64Array(64);
  #reserved = new Float64Array(64);
  #allSpent = 0;
  #allReserved = 0;

  /** Replays entries `from` to `to` and writes down where each leaves the balances. */
  run(columns: Amounts & Balances, from: number, to: number): void {
    const { kind, agent, estimated, amount, spent, reserved, allSpent, allReserved } = columns;
    for (let row = from; row < to; row++) {
      const who = agent[row]!;
      if (who >= this.#spent.length) this.#grow(who);
      if (who !== 0) {
        const what = kind[row]!;
        if (what === RESERVE) this.#reserve(who, estimated[row]!);
        else if (what === COMMIT) {
          const cost = amount[row]!;
          if (!Number.isNaN(cost)) {
            this.#spent[who]! += cost;
            this.#allSpent += cost;
          }
          this.#free(who, estimated[row]!);
        } else if (what === RELEASE) this.#free(who, estimated[row]!);
      }
      spent[row] = this.#spent[who]!;
      reserved[row] = this.#reserved[who]!;
      allSpent[row] = this.#allSpent;
      allReserved[row] = this.#allReserved;
    }
  }

  /** The balances after each of all entries, in new columns. */
  made(columns: Amounts, count: number): Balances {
    const column = (): Float64Array => new Float64Array(new SharedArrayBuffer(count * 8));
    const balances = { spent: column(), reserved: column(), allSpent: column(), allReserved: column() };
    this.run({ ...columns, ...balances }, 0, count);
    return balances;
  }

  /** Goes on from where the last entry of each agent left it. */
  resume(columns: Amounts & Balances, count: number): void {
    const { agent, spent, reserved, allSpent, allReserved } = columns;
    for (let row = 0; row < count; row++) {
      const who = agent[row]!;
      if (who >= this.#spent.length) this.#grow(who);
      this.#spent[who] = spent[row]!;
      this.#reserved[who] = reserved[row]!;
    }
    if (count === 0) return;
    this.#allSpent = allSpent[count - 1]!;
    this.#allReserved = allReserved[count - 1]!;
  }

  #reserve(who: number, estimated: number): void {
    if (Number.isNaN(estimated)) return;
    this.#reserved[who]! += estimated;
    this.#allReserved += estimated;
  }

  /** A reservation ends; it never takes more than there is. */
  #free(who: number, estimated: number): void {
    if (!(estimated > 0)) return;
    const before = this.#reserved[who]!;
    const after = Math.max(0, before - estimated);
    this.#reserved[who] = after;
    this.#allReserved += after - before;
  }

  #grow(least: number): void {
    const length = Math.max(least + 1, this.#spent.length * 2);
    const spent = new Float64Array(length);
    const reserved = new Float64Array(length);
    spent.set(this.#spent);
    reserved.set(this.#reserved);
    this.#spent = spent;
    this.#reserved = reserved;
  }
}
