import type { CommandModule } from "yargs";
import { analyze } from "./cost-analyze.js";
import { forecast } from "./cost-forecast.js";
import { optimize } from "./cost-optimize.js";
import { roi } from "./cost-roi.js";

export const cost: CommandModule<object, object> = {
  command: "cost",
  describe: "what an architecture costs: analyze, forecast, optimize; and what it earns: roi",
  builder: (argv) =>
    argv
      .command(analyze)
      .command(forecast)
      .command(optimize)
      .command(roi)
      .demandCommand(1, "say what: analyze, forecast, optimize or roi") as never,
  handler: () => {},
};
