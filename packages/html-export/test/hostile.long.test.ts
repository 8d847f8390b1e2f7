import { describeWith } from "../../../tests/requirements.ts";
import { CHROMIUM } from "./chromium.ts";
import { hostileBed } from "./hostile-bed.ts";
import { OTHERS } from "./hostile-names.ts";

describeWith(CHROMIUM, "more hostile notebooks in Chromium", () => hostileBed().testNotebooks(OTHERS));
