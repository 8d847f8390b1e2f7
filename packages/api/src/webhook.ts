import { z } from "zod";
import { rawJson } from "./raw-json-value.ts";

/** What calls the webhook of a schedule. */
export const webhookSecretSchema = z
  .object({
    path: z.string().meta({ description: "Where it is, below the address of the server." }),
    secret: z.string().meta({ description: "Whoever has it starts runs. It is shown this once." }),
  })
  .meta({ id: "WebhookSecret" });

/** See {@link webhookSecretSchema}. */
export type WebhookSecret = z.infer<typeof webhookSecretSchema>;

/** What a webhook is sent: any JSON, of at most a megabyte. */
export const webhookBodySchema = rawJson({ description: "Any JSON: `trigger.body`." }).meta({
  id: "WebhookBody",
  description: "Any JSON, of at most a megabyte.",
});

/** What became of what a webhook was sent. */
export const webhookAnswerSchema = z
  .object({
    slot_id: z.uuid(),
    is_new: z.boolean().meta({ description: "False where the same delivery has come before." }),
  })
  .meta({ id: "WebhookAnswer" });
