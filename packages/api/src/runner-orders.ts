import { z } from "zod";
import { rawJson } from "./raw-json-value.ts";

/** A runner asks what there is to do beside its attempts, and waits for it. */
export const ordersQuerySchema = z
  .strictObject({
    runner_id: z.uuid(),
    stopping: z.array(z.uuid()).max(1024).meta({ description: "Attempts that it is stopping already." }),
    executing: z.array(z.uuid()).max(1024).meta({ description: "Executions that it has begun." }),
    wait_ms: z.int().min(0).max(60_000).meta({ description: "How long to wait for something to do." }),
  })
  .meta({ id: "OrdersQuery" });

/** See {@link ordersQuerySchema}. */
export type OrdersQuery = z.infer<typeof ordersQuerySchema>;

/** What a runner has to do. */
export const ordersSchema = z
  .object({
    cancelled: z.array(z.uuid()).meta({ description: "Attempts to be cancelled." }),
    notebooks: z.array(z.uuid()).meta({ description: "Attempts whose output notebook is wanted as it is." }),
    executions: z
      .array(z.object({ id: z.uuid(), attempt_id: z.uuid(), code: z.string() }))
      .meta({ description: "Code for kernels that it keeps." }),
    interrupted: z.array(z.uuid()).meta({ description: "Executions that nobody waits for any longer." }),
    unwanted: z
      .array(z.uuid())
      .optional()
      .meta({ description: "Attempts whose kernels are to be kept no longer." }),
  })
  .meta({ id: "Orders" });

/** See {@link ordersSchema}. */
export type Orders = z.infer<typeof ordersSchema>;

/** How code in a kept kernel ended. */
export const executionResultSchema = z
  .object({
    status: z.enum(["ok", "error", "interrupted", "gone"]).meta({
      description: "`gone`: there is no such kernel any more, or its runner does not answer.",
    }),
    message: z.string().nullable().meta({ description: "What went wrong." }),
    execution_count: z.int().nullable(),
    kernel_until: z
      .string()
      .nullable()
      .meta({ format: "date-time", description: "Until when the kernel is kept now." }),
  })
  .meta({ id: "ExecutionResult" });

/** See {@link executionResultSchema}. */
export type ExecutionResult = z.infer<typeof executionResultSchema>;

/** What came of an execution. */
export const executionOutputsSchema = z
  .strictObject({
    runner_id: z.uuid(),
    first: z.int().min(0).meta({ description: "How many outputs came before." }),
    outputs: z
      .array(z.strictObject({ data: rawJson({ description: "An output, as notebooks have it." }) }))
      .max(10_000),
    result: executionResultSchema.nullable(),
  })
  .meta({ id: "ExecutionOutputs" });

/** See {@link executionOutputsSchema}. */
export type ExecutionOutputs = z.infer<typeof executionOutputsSchema>;

/** A runner no longer keeps a kernel, or for another time. */
export const keptKernelSchema = z
  .strictObject({
    runner_id: z.uuid(),
    kernel_until: z.iso.datetime({ offset: true }).nullable(),
  })
  .meta({ id: "KeptKernel" });

/** See {@link keptKernelSchema}. */
export type KeptKernel = z.infer<typeof keptKernelSchema>;

/** Code for the kernel that was kept for a run. */
export const executeCodeSchema = z
  .strictObject({
    code: z
      .string()
      .max(1_000_000)
      .regex(/^[^\0]*$/),
  })
  .meta({ id: "ExecuteCode" });

/** See {@link executeCodeSchema}. */
export type ExecuteCode = z.infer<typeof executeCodeSchema>;

/** Goes on with a failed run in the kernel that was kept. */
export const resumeRunSchema = z
  .strictObject({
    cells: z
      .record(z.string(), z.string())
      .optional()
      .meta({ description: "Sources by cell id, in place of those that the notebook has." }),
  })
  .meta({ id: "ResumeRun" });

/** See {@link resumeRunSchema}. */
export type ResumeRun = z.infer<typeof resumeRunSchema>;
