import { benchConsensus } from "./consensus.js";
import { benchFeatures } from "./features.js";
import { benchModel, benchScaling } from "./model.js";
import { benchPhold } from "./phold.js";
import { benchRecording } from "./recording.js";
import { benchTimeouts } from "./timeouts.js";

await benchPhold();
benchTimeouts();
benchModel();
benchConsensus();
benchFeatures();
benchRecording();
benchScaling();
