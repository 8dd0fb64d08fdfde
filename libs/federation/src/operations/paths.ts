import { type JsonObject, ownOf } from './json-value'

export const eachItem = '@'

/**
 * A path of the plan: names of fields, and `@` for each item of a list. `types` are conditions on the object before a
 * step, by its index; the index after the last is the value itself.
 */
export interface DataPath {
  readonly steps: readonly string[]
  readonly types: Readonly<Record<number, readonly string[]>>
}

export const rootPath: DataPath = { steps: [], types: {} }

export function joinPaths(one: DataPath, other: DataPath): DataPath {
  const offset = one.steps.length
  const moved = Object.entries(other.types).map(([index, types]) => [Number(index) + offset, types] as const)
  return { steps: [...one.steps, ...other.steps], types: { ...one.types, ...Object.fromEntries(moved) } }
}

/**
 * The values at a path: for a path through lists, one flat list with its nulls. Throws when the data has another form
 * than the schema says.
 */
export function valuesAt(value: unknown, path: DataPath, at = 0): unknown {
  if (value === undefined || value === null || !isOfTypes(value, path.types[at])) return undefined
  const step = path.steps[at]
  if (step === undefined) return value
  if (step !== eachItem) {
    if (Array.isArray(value)) throw new TypeError(`There is a list before ${step}`)
    return valuesAt(ownOf(value, step), path, at + 1)
  }
  if (!Array.isArray(value)) throw new TypeError(`There is no list at ${path.steps.join('.')}`)
  const values: unknown[] = []
  for (const item of value) {
    const found = valuesAt(item, path, at + 1)
    if (!Array.isArray(found)) values.push(found)
    else for (const each of found) values.push(each)
  }
  return values
}

/** An object without `__typename` may be of any type. */
function isOfTypes(value: unknown, types: readonly string[] | undefined): boolean {
  if (types === undefined) return true
  const name = (value as JsonObject)['__typename']
  return typeof name !== 'string' || types.includes(name)
}

export type ConcretePath = readonly (string | number)[]

/** The paths of all values that `valuesAt` finds and that are not null, with the index of each item. */
export function concretePathsAt(data: unknown, path: DataPath): ConcretePath[] {
  const paths: ConcretePath[] = []
  follow(data, path, 0, [], paths)
  return paths
}

function follow(data: unknown, path: DataPath, at: number, parent: (string | number)[], paths: ConcretePath[]): void {
  if (data === undefined || data === null || !isOfTypes(data, path.types[at])) return
  const step = path.steps[at]
  if (step === undefined) {
    paths.push([...parent])
  } else if (Array.isArray(data)) {
    const next = step === eachItem ? at + 1 : at
    for (const [index, item] of data.entries()) follow(item, path, next, [...parent, index], paths)
  } else if (step === eachItem) {
    throw new TypeError(`There is no list at ${path.steps.join('.')}`)
  } else if (Object.hasOwn(data, step)) {
    follow(ownOf(data, step), path, at + 1, [...parent, step], paths)
  }
}
