/**
 * What every connection is told first. Statements are prepared and each is written for one plan, so
 * that making another for every set of values, which takes longer than most statements, is of no use.
 */
export const SESSION_SETTINGS = "set plan_cache_mode = force_generic_plan";
