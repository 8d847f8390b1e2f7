/**
 * What every connection is told first. Statements are prepared and each is written for one plan, so
 * that making another for every set of values, which takes longer than most statements, is of no use.
 * The plan may be made while the tables are empty and is used when they are large: it has to be by an
 * index wherever there is one. So no statement may have a condition that only some values of its
 * parameters make one.
 */
export const SESSION_SETTINGS = "set plan_cache_mode = force_generic_plan; set enable_seqscan = off";
