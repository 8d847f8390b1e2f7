import { describeOnPostgres } from "./on-postgres.ts";
import { triggersContract } from "./triggers-contract.ts";

describeOnPostgres(({ openTwo }) => triggersContract("triggers", openTwo));
