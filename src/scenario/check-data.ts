import { formatShare } from "../units/format.js";
import { dataClasses } from "./data-classes.js";
import type { RawScenario } from "./format.js";
import { type Settings, step } from "./settings.js";
import type { Source } from "./source.js";

/** All classes together: each key has a place in every copy. */
const MOST_KEYS = 20_000_000;

/** What the settings of the data say together. */
export function checkData(raw: RawScenario, shared: Settings, source: Source): void {
  const names = [...(raw.data?.classes?.keys() ?? [])];
  // What is missing was reported where it is.
  if (names.some((name) => raw.data!.classes!.get(name)?.share === undefined)) return;
  const classes = dataClasses(shared, names);
  classes.forEach((facts, index) => {
    const at = names.length === 0 ? "data" : `data.classes.${step(names[index]!)}`;
    const special = facts.deletes + facts.decrements + facts.swaps + facts.inserts;
    const where = ["deletes", "decrements", "compare_and_set", "inserts", "preset", "holds"].find((key) =>
      source.has(`${at}.${key}`),
    );
    const place = where === undefined ? at : `${at}.${where}`;
    if (special > 1 + 1e-9)
      source.errorAt(
        place,
        `deletes, decrements, compare_and_set and inserts make ${formatShare(special)} of the writes`,
        "at most 100%",
      );
    if (facts.holds !== "counter" && facts.decrements > 0)
      source.errorAt(
        [`${at}.decrements`, "data.decrements"].find((each) => source.has(each)) ?? place,
        `a ${facts.holds} is not decremented`,
        "decrements of 0, or holds: counter",
      );
    if (facts.holds !== "register" && facts.swaps + facts.inserts > 0)
      source.errorAt(
        place,
        `a ${facts.holds} is neither compared nor inserted`,
        "compare_and_set and inserts of 0, or holds: register",
      );
  });
  const share = classes.reduce((sum, facts) => sum + facts.share, 0);
  if (Math.abs(share - 1) > 1e-3)
    source.errorAt("data.classes", `the shares of the classes make ${formatShare(share)}`, "100% together");
  const keys = classes.reduce((sum, facts) => sum + facts.keys, 0);
  if (keys > MOST_KEYS)
    source.errorAt("data.classes", `the classes have ${keys} keys`, `at most ${MOST_KEYS} together`);
}
