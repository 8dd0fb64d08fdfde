import { type SharedOperation, sharedOperation } from '@parley/federation/streams/shared-operation'
import { type UpstreamOperation, upstreamOperation } from '@parley/federation/streams/upstream-operation'
import { type OperationDefinitionNode, parseType } from 'graphql'
import type { Variables } from '../documents/amount'
import type { PlannedSubscription } from './planned-subscription'

type Values = Readonly<Record<string, unknown>>

let plans = 0

/** A subscription of a known document that is shared: what is asked of its subgraph, for any variables. */
export class SharedPlan {
  readonly id = ++plans

  constructor(
    readonly shared: SharedOperation,
    readonly upstream: UpstreamOperation,
  ) {}

  /** Undefined unless it is a whole number. */
  cursorOf(values: Variables): number | undefined {
    const { cursorVariable, fixedCursor } = this.shared
    const cursor = cursorVariable === null ? fixedCursor : values[cursorVariable]
    return Number.isSafeInteger(cursor) ? (cursor as number) : undefined
  }

  /** All but the cursor: equal for all followers of a stream. */
  variablesOf(values: Variables): Values {
    const { cursorVariable } = this.shared
    if (cursorVariable === null) return values
    const { [cursorVariable]: _, ...others } = values
    return others
  }

  upstreamVariables(variables: Values, after: number): Values {
    const used = this.upstream.variables.filter(
      (name) => Object.hasOwn(variables, name) && variables[name] !== undefined,
    )
    return { ...Object.fromEntries(used.map((name) => [name, variables[name]])), [this.upstream.cursor]: after }
  }

  /** As a client with this cursor would send them. */
  clientVariables(variables: Values, after: number): Values {
    const { cursorVariable } = this.shared
    return cursorVariable === null ? variables : { ...variables, [cursorVariable]: after }
  }
}

/** Kept as long as the document is known. */
const known = new WeakMap<OperationDefinitionNode, SharedPlan | null>()

/** Null for an operation that has to run for each viewer. */
export function sharedPlanOf(planned: PlannedSubscription): SharedPlan | null {
  const found = known.get(planned.operation)
  if (found !== undefined) return found
  const plan = makePlan(planned)
  known.set(planned.operation, plan)
  return plan
}

function makePlan({ epoch, document, operation, plan }: PlannedSubscription): SharedPlan | null {
  const shared = sharedOperation(epoch.schema, document, operation, epoch.streams)
  if (shared === null || 'reason' in shared) return null
  const { name, cursor } = shared.field
  const type = epoch.schema
    .getSubscriptionType()
    ?.getFields()
    [name]?.args.find((each) => each.name === cursor)?.type
  if (type === undefined) return null
  const upstream = upstreamOperation(plan.primary.operation, shared.field, parseType(String(type)))
  return new SharedPlan(shared, upstream)
}
