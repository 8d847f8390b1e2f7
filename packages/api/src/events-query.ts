import { z } from "zod";

/** Which part of the events somebody wants. */
export const eventsQuerySchema = z.object({
  after: z.coerce
    .number()
    .int()
    .min(0)
    .max(2 ** 31 - 1)
    .default(0)
    .meta({ description: "Give the events behind this one; the header Last-Event-ID does the same." }),
  follow: z
    .enum(["true", "false"])
    .default("true")
    .meta({ description: "Whether to wait for what is still to come." }),
});
