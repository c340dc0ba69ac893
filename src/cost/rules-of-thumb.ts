/** What practitioners say that a rung of the disaster-recovery ladder costs beside a single region: rules of thumb, second-hand. */
export interface RuleOfThumb {
  readonly pattern: string;
  /** Fractions of the cost of a single region; no upper end where none is named. */
  readonly low: number;
  readonly high: number | null;
  readonly source: string;
  readonly date: string;
  readonly status: string;
}

const rule = (pattern: string, low: number, high: number | null, source: string, date: string): RuleOfThumb => ({
  ...{ pattern, low, high, source, date },
  status: "secondary source, a rule of thumb",
});

export const RULES_OF_THUMB: readonly RuleOfThumb[] = [
  rule("backup-and-restore", 0.05, 0.1, "thesimplifiedtech.com", "2025-26"),
  rule("pilot-light", 0.15, 0.25, "thesimplifiedtech.com; cloudmagazin.com says 20 %", "2024-26"),
  rule("warm-standby", 0.5, 0.7, "thesimplifiedtech.com; cloudmagazin.com says 50 %", "2024-26"),
  rule("active-active", 1, null, "thesimplifiedtech.com; cloudmagazin.com says two to three times the cost", "2024-26"),
];

export const BASELINE = "single-region";

export const ruleFor = (pattern: string): RuleOfThumb | undefined =>
  RULES_OF_THUMB.find((each) => each.pattern === pattern);

/** "15 to 25 %", "100 % or more". */
export function ruleInWords({ low, high }: RuleOfThumb): string {
  const percent = (share: number): string => String(Math.round(share * 100));
  return high === null ? `${percent(low)} % or more` : `${percent(low)} to ${percent(high)} %`;
}
