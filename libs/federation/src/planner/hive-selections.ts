import type { FetchDataKeyRenamer, FetchDataRewrite, QueryPlanSelectionNode } from '@apollo/query-planner'
import type * as Hive from '@graphql-hive/router-query-planner'
import { UnsupportedPlan } from './unsupported-plan'

/** What a representation consists of; an alias is a renaming apart (`renamersOf`), as in plans of Apollo's. */
export function requiresOf(selections: readonly Hive.RequiresSelection[]): QueryPlanSelectionNode[] {
  return selections.map((selection): QueryPlanSelectionNode => {
    switch (selection.kind) {
      case 'Field': {
        const { kind, name, selections: below = [] } = selection
        return { kind, name, ...(below.length > 0 && { selections: requiresOf(below) }) }
      }
      case 'InlineFragment': {
        const { kind, typeCondition, skipIf, includeIf } = selection
        if (skipIf ?? includeIf) throw new UnsupportedPlan('A condition on a required field')
        return { kind, typeCondition, selections: requiresOf(selection.selections) }
      }
      case 'FragmentSpread':
        throw new UnsupportedPlan('A fragment in required fields')
    }
  })
}

/** A required field with an alias has the name of the field in the result and that of the alias in a representation. */
export function renamersOf(
  selections: readonly Hive.RequiresSelection[] = [],
  path: string[] = [],
): FetchDataKeyRenamer[] {
  return selections.flatMap((selection) => {
    if (selection.kind === 'FragmentSpread') return []
    if (selection.kind === 'InlineFragment') {
      return renamersOf(selection.selections, [...path, fragmentOn(selection.typeCondition)])
    }
    const { name, alias = name } = selection
    const below = renamersOf(selection.selections, [...path, name])
    if (alias === name) return below
    return [...below, { kind: 'KeyRenamer', path: [...path, name], renameKeyTo: alias }]
  })
}

/** The same for entities of these types only. */
export function ofTypes(
  types: readonly string[] | undefined,
  selections: QueryPlanSelectionNode[],
): QueryPlanSelectionNode[] {
  return types?.map((typeCondition) => ({ kind: 'InlineFragment', typeCondition, selections })) ?? selections
}

export function rewritesOf(rewrites: readonly Hive.InputRewrite[] = []): FetchDataRewrite[] {
  return rewrites.flatMap((rewrite): FetchDataRewrite[] => {
    if ('KeyRenamer' in rewrite) {
      const { path, renameKeyTo } = rewrite.KeyRenamer
      return pathsOf(path).map((each) => ({ kind: 'KeyRenamer', path: each, renameKeyTo }))
    }
    const { path, setValueTo } = 'ValueSetter' in rewrite ? rewrite.ValueSetter : rewrite
    return pathsOf(path).map((each) => ({ kind: 'ValueSetter', path: each, setValueTo }))
  })
}

/** One path for each combination of types, since a step of Apollo's names one type. */
function pathsOf(segments: readonly Hive.FetchNodePathSegment[]): string[][] {
  return segments.reduce<string[][]>(
    (paths, segment) => {
      const steps = 'Key' in segment ? [segment.Key] : segment.TypenameEquals.map(fragmentOn)
      return paths.flatMap((path) => steps.map((step) => [...path, step]))
    },
    [[]],
  )
}

const fragmentOn = (type: string): string => `... on ${type}`
