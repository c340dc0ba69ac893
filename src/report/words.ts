import type { MetricFacts } from "../measure/catalogue.js";

/** A metric within a sentence: "availability", "RTO". */
export const titleInWords = ({ title }: MetricFacts): string =>
  /^[A-Z]{2}/.test(title) ? title : title.charAt(0).toLowerCase() + title.slice(1);

/** "no failovers", "1 failover", "34,850 split-brain writes". */
export function counted(figure: string, facts: MetricFacts): string {
  const words = titleInWords(facts);
  if (figure === "0") return `no ${words}`;
  return `${figure} ${figure === "1" ? words.replace(/ies(?=:|$)/, "y").replace(/s(?=:|$)/, "") : words}`;
}

/** "a, b and c" */
export function listed(parts: readonly string[]): string {
  if (parts.length < 2) return parts.join("");
  return `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}

const WITHIN_FIGURE = / (?=±)|(?<=±) |(?<=\d) (?=(?:%|pts|m?s|\/s|[KMGTP]?B)(?!\w))/g;

/** With spaces that no line breaks at within figures such as "94.7 ± 1.3 %". */
export const unbroken = (text: string): string => text.replace(WITHIN_FIGURE, "\u00a0");

/** Of what figures are: one seed by its name, or the mean of several. */
export const ofSeeds = (seeds: readonly string[]): string =>
  seeds.length === 1 ? `seed ${seeds[0]}` : `the mean of ${seeds.length} seeds`;
