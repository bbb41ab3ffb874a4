import type { DayRange, Figure, RecordRow, Sum } from './records.ts';

export const COST_DIMENSIONS = ['model', 'agent', 'trigger', 'primitive', 'status', 'source'] as const;
export type CostDimension = (typeof COST_DIMENSIONS)[number];

/** `once`: a delegated run whose own line was found is counted there and not at its coordinator too. */
export type Counting = 'once' | 'logged';

/** Spending against a cap. `capMicros` null: no cap. The file's place decides the day, only `actor` counts (§6). */
export type CapGauge = {
  readonly agent: string;
  readonly period: 'day' | 'month';
  readonly spentMicros: number;
  readonly capMicros: number | null;
  /** where the cap in force comes from, such as: policy.md, agents.quill */
  readonly capFrom: string | null;
  /** caps of the files, whether in force or not */
  readonly caps: readonly {
    readonly from: string;
    readonly micros: number;
    readonly inForce: boolean;
    readonly why: string;
  }[];
  readonly action: string;
  readonly fired: boolean;
  /** shares of the cap at which a warning is due, and whether it was reached */
  readonly thresholds: readonly {
    readonly at: number;
    readonly reached: boolean;
    readonly warned: boolean;
  }[];
  /** a file of the period can't be relied on: the runtime would refuse (today) or leave it out (another day) */
  readonly unknown: string | null;
  readonly query: string;
};

export type CostGroup = Sum & {
  readonly key: string;
  readonly query: string;
  /** of the whole, 0 to 1 */
  readonly share: number;
  /** `unpriced`: no price in the table and none was logged; `estimated`: logged with the highest rates */
  readonly priced: 'priced' | 'estimated' | 'unpriced' | 'none';
};

export type CostDay = Sum & {
  readonly day: string;
  readonly query: string;
  /** by the dimension that was asked for, in the order of the groups */
  readonly parts: readonly { readonly key: string; readonly costMicros: number; readonly lines: number }[];
};

/** What the rest of the month would come to. An estimate, and says how. */
export type Forecast = {
  readonly month: string;
  readonly micros: number;
  readonly lowMicros: number;
  readonly highMicros: number;
  /** what today would come to in the end, at least what is spent; null: today is over */
  readonly todayMicros: number | null;
  readonly how: string;
};

/** What a whole report says about one agent, or all of them. */
export type CostReport = {
  readonly today: string;
  readonly agent: string | null;
  readonly range: DayRange;
  readonly counting: Counting;
  readonly by: CostDimension;
  /** records of the range */
  readonly query: string;
  readonly sum: Sum;
  readonly todaySum: Sum & { readonly query: string };
  readonly month: Sum & { readonly query: string; readonly name: string };
  readonly lastMonth: Sum & { readonly query: string; readonly name: string };
  readonly forecast: Forecast | null;
  /** why there is no forecast */
  readonly noForecast: string | null;
  readonly doubled: {
    readonly loggedMicros: number;
    readonly onceMicros: number;
    readonly mirrors: Figure;
    readonly resolved: number;
  };
  readonly caps: readonly CapGauge[];
  readonly groups: readonly CostGroup[];
  readonly days: readonly CostDay[];
  readonly months: readonly (Sum & { readonly month: string; readonly query: string })[];
  readonly top: readonly RecordRow[];
  readonly cache: {
    readonly hit: number;
    readonly miss: number;
    /** one decimal; null without cacheable tokens */
    readonly hitPercent: number | null;
    readonly savedMicros: number;
    readonly query: string;
  };
  readonly helpers: Sum & {
    readonly query: string;
    readonly mainModel: string;
    readonly mainModelWhy: string;
    readonly wouldCostMicros: number;
    readonly savedMicros: number;
    readonly ratio: number | null;
  };
  readonly failed: Sum & { readonly query: string };
  readonly blocked: Sum & { readonly query: string };
  readonly judge: Sum & { readonly query: string };
  readonly recomputed: {
    readonly loggedMicros: number;
    readonly recomputedMicros: number;
    readonly compared: number;
    readonly differing: Figure;
    readonly byModel: readonly {
      readonly model: string;
      readonly lines: number;
      readonly loggedMicros: number;
      readonly recomputedMicros: number;
      /** records that differ by more than a rounding; those below it can still add up to a difference */
      readonly differing: number;
      readonly query: string;
    }[];
  };
  /** models without a price in the table, with what was logged for them */
  readonly unpriced: readonly (Sum & { readonly model: string; readonly query: string })[];
  /** from 14 days with records on; else why not */
  readonly suggested: {
    readonly dailyMicros: number;
    readonly monthlyMicros: number;
    readonly how: string;
  } | null;
  readonly noSuggestion: string | null;
  /** records that are in no figure, with the reason */
  readonly leftOut: readonly {
    readonly what: string;
    readonly lines: number;
    readonly query: string | null;
  }[];
};

/** What another cap would have done to the days and months that were. */
export type WhatIf = {
  readonly agent: string;
  readonly dailyCapMicros: number | null;
  readonly monthlyCapMicros: number | null;
  readonly action: string;
  readonly days: readonly {
    readonly day: string;
    readonly spentMicros: number;
    /** how much of it came after the cap was reached */
    readonly overMicros: number;
    readonly hit: boolean;
    /** primary runs that would have met the cap */
    readonly runs: number;
    readonly query: string;
  }[];
  readonly daysHit: number;
  readonly monthsHit: readonly {
    readonly month: string;
    readonly day: string;
    readonly overMicros: number;
  }[];
  readonly runsHit: number;
  readonly overMicros: number;
  readonly how: string;
};
