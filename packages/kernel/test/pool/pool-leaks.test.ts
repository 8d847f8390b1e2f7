import { it } from "vitest";
import { expectNothingKept } from "./expect-nothing-kept.ts";

it("keeps nothing of thirty kernels", () => expectNothingKept(15));
