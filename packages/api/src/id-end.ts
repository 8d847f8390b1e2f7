import { z } from "zod";

/** The end of an id, as pages show it and people type it. */
export const idEndSchema = z
  .string()
  .regex(/^[0-9a-f]{8,12}$/, "expected the last 8 to 12 digits of an id")
  .meta({ description: "Only what has an id that ends with these 8 to 12 digits." });
