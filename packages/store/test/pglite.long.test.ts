import { openPglite } from "../src/index.ts";
import { coreContract } from "./core-contract.ts";
import { historyContract } from "./history-contract.ts";
import { openEmptyPglite } from "./open-empty-pglite.ts";
import { retentionContract } from "./retention-contract.ts";
import { runnersContract } from "./runners-contract.ts";
import { sweepsContract } from "./sweeps-contract.ts";
import { triggersContract } from "./triggers-contract.ts";
import { workflowsContract } from "./workflows-contract.ts";

// On Postgres each contract has a file of its own; nearly every test of a server is one of PGlite too.
const openTwice = async () => {
  const driver = await openEmptyPglite();
  return [driver, driver] as const;
};

coreContract("the core on PGlite", openEmptyPglite);
runnersContract("runners on PGlite", openEmptyPglite);
sweepsContract("sweeps on PGlite", openEmptyPglite);
triggersContract("triggers on PGlite", openTwice);
workflowsContract("workflows on PGlite", openTwice);
retentionContract("retention on PGlite", openEmptyPglite);
// In memory, and migrated here.
historyContract("history on PGlite", () => openPglite(null));
