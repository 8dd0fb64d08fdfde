import { type ASTNode, type ConstDirectiveNode, Kind, parse, visit } from 'graphql'

/** The end of every reason: after this day the element may go, without another declaration. */
const removal = /\S.* Removed after (\d{4}-\d{2}-\d{2})\.$/s

/** A deprecated element by its coordinate (`Type.field`, `Type.field.argument`). */
export interface Deprecation {
  readonly at: string
  readonly reason: string
  /** As in `2027-03-01`; null when the reason does not say. */
  readonly removedAfter: string | null
}

export function deprecationsIn(sdl: string): readonly Deprecation[] {
  const found: Deprecation[] = []
  const path: string[] = []
  const enter = (node: ASTNode): void => {
    if (!('name' in node) || node.name === undefined || !('directives' in node)) return
    path.push(node.name.value)
    const directive = node.directives?.find(({ name }) => name.value === 'deprecated')
    if (directive === undefined) return
    const reason = reasonOf(directive as ConstDirectiveNode)
    found.push({ at: path.join('.'), reason, removedAfter: dateIn(reason) })
  }
  const leave = (node: ASTNode): void => {
    if ('name' in node && node.name !== undefined && 'directives' in node) path.pop()
  }
  visit(parse(sdl), { enter, leave })
  return found
}

const reasonOf = ({ arguments: given = [] }: ConstDirectiveNode): string => {
  const reason = given.find(({ name }) => name.value === 'reason')?.value
  return reason?.kind === Kind.STRING ? reason.value : ''
}

function dateIn(reason: string): string | null {
  const date = removal.exec(reason)?.[1] ?? ''
  // `Date` takes the 31st of February for the 3rd of March.
  const isDay = !Number.isNaN(Date.parse(date)) && new Date(date).toISOString().startsWith(date)
  return date !== '' && isDay ? date : null
}

/**
 * A sentence for each deprecation without a reason or a day of removal, for each whose day is over, and for each that
 * gives clients less time than they are promised: three months, counted from its release, and no less later on.
 */
export function faultsOfDeprecations(
  deprecations: readonly Deprecation[],
  released: readonly Deprecation[],
  today: string,
): readonly string[] {
  const promised = new Map(released.map(({ at, removedAfter }) => [at, removedAfter]))
  const noticed = daysAfter(today, noticeDays)
  return deprecations.flatMap(({ at, removedAfter }) => {
    if (removedAfter === null)
      return [`${at} is deprecated without saying why and until when ("… Removed after 2027-03-01.")`]
    if (removedAfter < today) return [`${at} was to be removed after ${removedAfter}: remove it, or say a later day`]
    const earliest = promised.get(at) ?? noticed
    return removedAfter < earliest ? [`${at} is removed too early for its clients: not before ${earliest}`] : []
  })
}

/** How long a newly deprecated element stays (docs/api.md). */
const noticeDays = 90

const daysAfter = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10)

/** The elements of the last release that may be gone today. */
export const removable = (deprecations: readonly Deprecation[], today: string): ReadonlySet<string> =>
  new Set(deprecations.flatMap(({ at, removedAfter }) => (removedAfter !== null && removedAfter < today ? [at] : [])))
