import { test } from "vitest";
import { everyArchitectureIsPinned, keepDigests, keepDigestsOn } from "./digests.js";

test("every bundled scenario is pinned, and so is each of its architectures", everyArchitectureIsPinned);
keepDigests(0);
keepDigestsOn("22", 0);
