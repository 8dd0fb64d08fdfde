/** A plan that only Apollo's planner makes. Known by its name, since planners run apart from their callers. */
export class UnsupportedPlan extends Error {
  override readonly name = 'UnsupportedPlan'
}
