import { coreContract } from "./core-contract.ts";
import { labelsContract } from "./labels-contract.ts";
import { describeOnPostgres } from "./on-postgres.ts";
import { runnersContract } from "./runners-contract.ts";

describeOnPostgres(({ open }) => {
  coreContract("the core", open);
  labelsContract("labels", open);
  runnersContract("runners", open);
});
