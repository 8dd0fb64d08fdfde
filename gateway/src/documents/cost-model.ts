import type { Supergraph } from '@apollo/federation-internals'

export interface ListSize {
  readonly assumedSize?: number
  readonly slicingArguments?: readonly string[]
  readonly sizedFields?: readonly string[]
  readonly requireOneSlicingArgument?: boolean
}

const specification = 'https://specs.apollo.dev/cost'

/**
 * The `@cost` and `@listSize` directives of a supergraph, by coordinate: `Type`, `Type.field`, `Type.field(argument:)`.
 */
export class CostModel {
  readonly #listSizes: ReadonlyMap<string, ListSize>
  readonly #weights: ReadonlyMap<string, number>

  constructor(supergraph: Supergraph) {
    this.#listSizes = new Map(applied<ListSize>(supergraph, 'listSize'))
    this.#weights = new Map(
      applied<{ weight: number }>(supergraph, 'cost').map(([coordinate, { weight }]) => [coordinate, weight]),
    )
  }

  listSizeOf(coordinate: string): ListSize | undefined {
    return this.#listSizes.get(coordinate)
  }

  weightOf(coordinate: string): number | undefined {
    return this.#weights.get(coordinate)
  }
}

/** A schema may import a directive under another name than its specification gives it. */
function applied<Arguments>({ schema }: Supergraph, name: string): (readonly [coordinate: string, Arguments])[] {
  const feature = schema.coreFeatures?.getByIdentity(specification)
  const directive = feature === undefined ? undefined : schema.directive(feature.directiveNameInSchema(name))
  return [...(directive?.applications() ?? [])].map((application) => {
    const { coordinate } = application.parent as unknown as { coordinate: string }
    return [coordinate, application.arguments(true) as Arguments]
  })
}
