import { historyContract } from "./history-contract.ts";
import { describeOnPostgres } from "./on-postgres.ts";
import { retentionContract } from "./retention-contract.ts";

describeOnPostgres(({ open }) => {
  historyContract("history", open);
  retentionContract("retention", open);
});
