import { benchModel, benchScaling } from "./model.js";
import { benchPhold } from "./phold.js";
import { benchTimeouts } from "./timeouts.js";

await benchPhold();
benchTimeouts();
benchModel();
benchScaling();
