import { meant } from "./check.js";
import type { RawScenario } from "./format.js";
import type { RawGovernance } from "./governance.js";
import type { Source } from "./source.js";

/** Regions and classes that a law names, and that it says something of each only once. */
export function checkGovernance(
  law: RawGovernance | undefined,
  path: string,
  scenario: RawScenario,
  source: Source,
): void {
  const regions = [...(scenario.topology?.regions?.keys() ?? [])];
  const classes = [...(scenario.data?.classes?.keys() ?? [])];
  const checkRegions = (named: readonly (string | undefined)[] | undefined, at: string, whose: string): void => {
    if (named?.length === 0)
      source.errorAt(at, `the law leaves ${whose} no region`, "one region or more", "name those that are allowed");
    named?.forEach((region, index) => {
      if (region !== undefined && !regions.includes(region))
        source.errorAt(
          `${at}.${index}`,
          `this scenario has no region "${region}"`,
          `one of ${regions.join(", ")}`,
          meant(region, regions),
        );
      else if (named.indexOf(region) < index)
        source.errorAt(`${at}.${index}`, `"${region}" is allowed twice`, "each region once", "take one away");
    });
  };
  checkRegions(law?.gdpr_regions, `${path}.gdpr_regions`, "people in Europe");
  const types = law?.data_residency?.map((rule) => rule?.type) ?? [];
  law?.data_residency?.forEach((rule, index) => {
    const at = `${path}.data_residency.${index}`;
    const type = rule?.type;
    if (type !== undefined && !classes.includes(type))
      source.errorAt(
        `${at}.type`,
        `no class of data is called "${type}"`,
        classes.length === 0 ? 'a class that "data: {classes: …}" names' : `one of ${classes.join(", ")}`,
        meant(type, classes) ?? "add the class to the data, or take the rule away",
      );
    else if (type !== undefined && types.indexOf(type) < index)
      source.errorAt(`${at}.type`, `"${type}" has a rule already`, "one rule for each class", "put the two together");
    checkRegions(rule?.allowed_regions, `${at}.allowed_regions`, type ?? "the class");
  });
}
