import { z } from "zod";

const time = z.string().meta({ format: "date-time" });

const eventSchema = z.enum(["succeeded", "failed", "cancelled", "late", "not_started", "slow"]).meta({
  id: "DeliveryEvent",
  description:
    "`failed` is also a run that timed out or was lost. `late`: not over so long after its slot. `not_started`: nothing had begun so long after the slot, or nothing can. `slow`: took longer than that.",
});

const targetSchema = z
  .discriminatedUnion("kind", [
    z.strictObject({
      kind: z.literal("webhook"),
      url: z
        .string()
        .min(1)
        .max(2000)
        .meta({ description: "Shown without its path: whoever knows it can write there." }),
      format: z
        .enum(["slack", "json"])
        .default("slack")
        .meta({ description: "`slack` is what Slack, Mattermost and the like take. Default slack." }),
    }),
    z.strictObject({
      kind: z.literal("email"),
      addresses: z.array(z.email().max(320)).min(1).max(50),
    }),
  ])
  .meta({ id: "DeliveryTarget" });

/** Who is told, of what, and what they get. */
export const deliveryRuleSchema = z
  .strictObject({
    on: z
      .array(eventSchema)
      .min(1)
      .max(6)
      .meta({ description: "What is told of. For a result whatever came of it: the first three." }),
    after_seconds: z
      .number()
      .min(1)
      .max(31_536_000)
      .optional()
      .meta({ description: "How long `late`, `not_started` and `slow` wait." }),
    to: targetSchema,
    scraps: z
      .array(z.string().min(1).max(200))
      .max(50)
      .default([])
      .meta({ description: "Values that the notebook recorded, by name, which are told too." }),
    page: z.boolean().default(false).meta({
      description:
        "Whether the output comes with it as a page without code: attached to a mail, or as `page` in JSON.",
    }),
  })
  .meta({ id: "DeliveryRule" });

/** See {@link deliveryRuleSchema}. */
export type AskedDeliveryRule = z.input<typeof deliveryRuleSchema>;

/** Rules of a schedule or a run. */
export const askedRulesSchema = z.array(deliveryRuleSchema).max(20);

/** The rules of a schedule. */
export const deliveryRulesSchema = z
  .object({
    rules: z.array(deliveryRuleSchema.extend({ id: z.uuid() }).meta({ id: "KeptDeliveryRule" })),
  })
  .meta({ id: "DeliveryRules" });

/** See {@link deliveryRulesSchema}. */
export type DeliveryRules = z.infer<typeof deliveryRulesSchema>;

/** Something that is told, and how far that is. */
export const deliverySchema = z
  .object({
    id: z.int(),
    event: eventSchema,
    to: targetSchema,
    schedule_id: z.uuid().nullable(),
    run_id: z.uuid().nullable(),
    workflow_run_id: z.uuid().nullable(),
    slot: time.nullable(),
    state: z.enum(["waiting", "sent", "given_up"]),
    attempts: z.int().meta({ description: "How often it was tried." }),
    next_attempt_at: time.nullable(),
    problem: z.string().nullable().meta({ description: "Why the last attempt went wrong." }),
    created_at: time,
    ended_at: time.nullable(),
  })
  .meta({ id: "Delivery" });

/** See {@link deliverySchema}. */
export type Delivery = z.infer<typeof deliverySchema>;

const id = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER);

/** What a list of deliveries can be asked. */
export const listDeliveriesSchema = z.object({
  state: z.enum(["waiting", "sent", "given_up"]).optional(),
  schedule: z.uuid().optional().meta({ description: "Only those of this schedule." }),
  run: z.uuid().optional().meta({ description: "Only those of this run." }),
  workflow_run: z.uuid().optional().meta({ description: "Only those of this workflow-run." }),
  before: id.optional().meta({ description: "`next` of the page before." }),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** One page of deliveries, newest first. */
export const deliveryPageSchema = z
  .object({ deliveries: z.array(deliverySchema), next: z.int().nullable() })
  .meta({ id: "DeliveryPage" });

/** See {@link deliveryPageSchema}. */
export type DeliveryPage = z.infer<typeof deliveryPageSchema>;
