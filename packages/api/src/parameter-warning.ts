import { z } from "zod";

/** Something about the parameters of a request that was taken, and may not be meant. */
export const parameterWarningSchema = z
  .object({
    code: z.string().meta({
      description:
        "`PARAMETER_UNKNOWN_NAME`, `PARAMETERS_CELL_MISSING` or `PARAMETER_TYPE_MISMATCH`; more may come.",
    }),
    message: z.string().meta({ description: "With the name that was probably meant, where one is close." }),
    parameter: z.string().nullable().meta({ description: "Its name; null for all together." }),
  })
  .meta({ id: "ParameterWarning" });

/** See {@link parameterWarningSchema}. */
export type ParameterWarning = z.infer<typeof parameterWarningSchema>;

/** The warnings of an answer: a field of what was made. */
export const warningsField = {
  warnings: z.array(parameterWarningSchema).default([]).meta({
    description:
      "What was taken and may not be meant, as a parameter that the notebook does not declare. At most 100.",
  }),
};
