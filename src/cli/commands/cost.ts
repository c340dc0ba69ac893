import type { CommandModule } from "yargs";
import { analyze } from "./cost-analyze.js";
import { forecast } from "./cost-forecast.js";
import { optimize } from "./cost-optimize.js";

export const cost: CommandModule<object, object> = {
  command: "cost <what>",
  describe: "what an architecture costs: analyze, forecast, optimize",
  builder: (argv) =>
    argv
      .command(analyze)
      .command(forecast)
      .command(optimize)
      .demandCommand(1, "say what: analyze, forecast or optimize") as never,
  handler: () => {},
};
