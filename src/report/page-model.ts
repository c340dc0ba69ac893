/** What the page shows: text and figures, already rounded and named, not yet escaped. */
export interface PageRow {
  readonly title: string;
  readonly about: string;
  /** Stands in the table above the charts too. */
  readonly short: boolean;
  readonly cells: readonly string[];
  /** Against the first architecture, one for each other. */
  readonly differences: readonly string[];
}

export interface PagePromise {
  readonly architecture: string;
  /** "rto_seconds <= 2m" */
  readonly expected: string;
  readonly was: string;
  readonly verdict: "kept" | "broken" | "undecided";
}

export interface ChartInput {
  readonly title: string;
  readonly unit: string;
  readonly about: string;
  readonly binSeconds: number;
  readonly faults: readonly { readonly label: string; readonly startSeconds: number; readonly endSeconds: number }[];
  readonly lines: readonly { readonly label: string; readonly values: readonly (number | null)[] }[];
  readonly domain?: readonly [number, number];
}

/** One bar a row, made of a piece for each kind. */
export interface BarsInput {
  readonly title: string;
  readonly about: string;
  /** `style` is the number of the kind's colour. */
  readonly kinds: readonly { readonly label: string; readonly style: number }[];
  readonly rows: readonly {
    readonly label: string;
    readonly values: readonly number[];
    /** The values for people, and their sum. */
    readonly texts: readonly string[];
    readonly total: string;
  }[];
}

export interface WaterfallInput {
  readonly title: string;
  readonly phases: readonly { readonly name: string; readonly startSeconds: number; readonly endSeconds: number }[];
  /** Null when it did not recover for good. */
  readonly totalSeconds: number | null;
  readonly remainderSeconds: number | null;
}

/** A table with a column for each architecture. */
export interface GridInput {
  readonly title: string;
  readonly heads: readonly string[];
  readonly rows: readonly { readonly title: string; readonly cells: readonly string[] }[];
}

/** Of a scenario that says what its users bring in. */
export interface EconomicsInput {
  readonly about: string;
  readonly month: GridInput;
  /** From how many outages a year on each pays. */
  readonly verdicts: readonly string[];
  readonly bars: BarsInput;
  /** One outage, other frequencies, places. */
  readonly more: readonly GridInput[];
  readonly notes: readonly string[];
}

export interface PageInput {
  readonly question: string;
  readonly answer: string;
  readonly scenarioName: string;
  readonly replay: string;
  readonly notes: readonly string[];
  readonly architectures: readonly string[];
  readonly promises: readonly PagePromise[];
  readonly table: readonly PageRow[];
  readonly charts: readonly ChartInput[];
  readonly bars: readonly BarsInput[];
  readonly waterfalls: readonly WaterfallInput[];
  /** Null where nobody says what users bring in. */
  readonly economics: EconomicsInput | null;
}
