import { it } from "vitest";
import { expectNothingKept } from "./expect-nothing-kept.ts";

it("keeps nothing of a hundred kernels", () => expectNothingKept(50));
