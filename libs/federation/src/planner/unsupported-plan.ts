/** A plan that Apollo's executor cannot run. */
export class UnsupportedPlan extends Error {}
