/** Imported for its effect, before any schema: zod makes code of text where it can, and the page's policy lets none be made. */
import { config } from "zod";

config({ jitless: true });
