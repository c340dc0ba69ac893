/** What has a price, as the first column of a price book names it. */

export interface ItemKind {
  readonly name: string;
  /** Whether a type or class of it follows the name, as in "instance m6i.large". */
  readonly typed: boolean;
  /** What the price may be for; all prices are in US dollars. */
  readonly units: readonly string[];
  /** Whether the column `to` says where the bytes go. */
  readonly directed: boolean;
  readonly about: string;
}

export const CURRENCY = "USD";
/** Hours of the month that a bill is for, as providers count it. */
export const MONTH_HOURS = 730;

const BYTES = ["USD/GB", "USD/GiB"] as const;
const STORED = ["USD/GB-month", "USD/GiB-month"] as const;

const kind = (name: string, units: readonly string[], about: string, rest: Partial<ItemKind> = {}): ItemKind => ({
  ...{ name, units, about, typed: false, directed: false },
  ...rest,
});

export const ITEMS: readonly ItemKind[] = [
  kind("instance", ["USD/hour"], "one instance of the type named", { typed: true }),
  kind("vcpu", ["USD/vCPU-hour"], "one vCPU of the family named, where machines are billed by their parts", {
    typed: true,
  }),
  kind("memory", ["USD/GB-hour"], "its memory", { typed: true }),
  kind("storage", STORED, "a copy of the data on the class of disk named", { typed: true }),
  kind("backup", STORED, "backups and archived logs"),
  kind("transfer out", BYTES, "from region to another one, charged to the sending end", { directed: true }),
  kind("transfer in", BYTES, "from another one to region, where the receiving end is charged too", { directed: true }),
  kind("zone transfer", BYTES, "between zones of a region, each direction"),
  kind("egress", BYTES, "to users"),
  kind("replicated write", ["USD/million"], "writes that come from other regions, with the class of storage named", {
    typed: true,
  }),
  kind("health check", ["USD/month"], "each region that is probed"),
  kind("health check fast", ["USD/month"], "added for an interval of 10 s or less"),
  kind("dns query", ["USD/million"], "questions to the name servers"),
  kind("anycast", ["USD/hour"], "the one address that leads to all regions"),
  kind("exchange", [], "dollars for one of the currency named, by which the book's other rows are converted", {
    typed: true,
  }),
];

/** "instance m6i.large" is of the kind "instance"; undefined where it is no item. */
export function kindOf(item: string): ItemKind | undefined {
  const plain = ITEMS.find(({ name, typed }) => !typed && name === item);
  return (
    plain ??
    ITEMS.find(({ name, typed }) => typed && /^ [\w.-]+$/.test(item.slice(name.length)) && item.startsWith(name))
  );
}

/** How many of what is counted (bytes, writes, hours, months) the price is for. */
export function perUnit(unit: string): number {
  const what = unit.slice(CURRENCY.length + 1);
  if (what.startsWith("GiB")) return 2 ** 30;
  if (what === "GB" || what === "GB-month") return 1e9;
  return what === "million" ? 1e6 : 1;
}
