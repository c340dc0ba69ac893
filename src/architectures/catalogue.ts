import { activeActive } from "./active-active.js";
import type { Pattern } from "./pattern.js";
import { pilotLight } from "./pilot-light.js";

/** Every pattern that comes with Faultline. */
export const patterns: readonly Pattern[] = [activeActive, pilotLight];

export const patternNamed = (name: string): Pattern | undefined => patterns.find((pattern) => pattern.name === name);
