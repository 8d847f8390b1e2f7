import { describeOnPostgres } from "./on-postgres.ts";
import { sweepsContract } from "./sweeps-contract.ts";

describeOnPostgres(({ open }) => sweepsContract("sweeps", open));
