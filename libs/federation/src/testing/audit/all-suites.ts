import { abstractTypes } from './suites/abstract-types'
import { childTypeMismatch } from './suites/child-type-mismatch'
import { circularReferenceInterface } from './suites/circular-reference-interface'
import { complexEntityCall } from './suites/complex-entity-call'
import { corruptedSupergraphNodeId } from './suites/corrupted-supergraph-node-id'
import { enumIntersection } from './suites/enum-intersection'
import { fed1ExternalExtends } from './suites/fed1-external-extends'
import { fed1ExternalExtendsResolvable } from './suites/fed1-external-extends-resolvable'
import { fed1ExternalExtension } from './suites/fed1-external-extension'
import { fed2ExternalExtends } from './suites/fed2-external-extends'
import { fed2ExternalExtension } from './suites/fed2-external-extension'
import { includeSkip } from './suites/include-skip'
import { inputObjectIntersection } from './suites/input-object-intersection'
import { interfaceObjectIndirectExtension } from './suites/interface-object-indirect-extension'
import { interfaceObjectWithRequires } from './suites/interface-object-with-requires'
import { keysMashup } from './suites/keys-mashup'
import { mutations } from './suites/mutations'
import { mysteriousExternal } from './suites/mysterious-external'
import { nestedProvides } from './suites/nested-provides'
import { node } from './suites/node'
import { nonResolvableInterfaceObject } from './suites/non-resolvable-interface-object'
import { nullKeys } from './suites/null-keys'
import { overrideTypeInterface } from './suites/override-type-interface'
import { overrideWithRequires } from './suites/override-with-requires'
import { parentEntityCall } from './suites/parent-entity-call'
import { parentEntityCallComplex } from './suites/parent-entity-call-complex'
import { partialUnion } from './suites/partial-union'
import { partialUnionComplex } from './suites/partial-union-complex'
import { providesOnInterface } from './suites/provides-on-interface'
import { providesOnUnion } from './suites/provides-on-union'
import { requiresCircular } from './suites/requires-circular'
import { requiresInterface } from './suites/requires-interface'
import { requiresRequires } from './suites/requires-requires'
import { requiresWithArgument } from './suites/requires-with-argument'
import { requiresWithArgumentConflict } from './suites/requires-with-argument-conflict'
import { requiresWithFragments } from './suites/requires-with-fragments'
import { sharedRoot } from './suites/shared-root'
import { simpleEntityCall } from './suites/simple-entity-call'
import { simpleInaccessible } from './suites/simple-inaccessible'
import { simpleInterfaceObject } from './suites/simple-interface-object'
import { simpleOverride } from './suites/simple-override'
import { simpleRequiresProvides } from './suites/simple-requires-provides'
import { typename } from './suites/typename'
import { unavailableOverride } from './suites/unavailable-override'
import { unionInterfaceDistributed } from './suites/union-interface-distributed'
import { unionIntersection } from './suites/union-intersection'
import type { Suite } from './suite'

export const allSuites: readonly Suite[] = [
  abstractTypes,
  childTypeMismatch,
  circularReferenceInterface,
  complexEntityCall,
  corruptedSupergraphNodeId,
  enumIntersection,
  fed1ExternalExtends,
  fed1ExternalExtendsResolvable,
  fed1ExternalExtension,
  fed2ExternalExtends,
  fed2ExternalExtension,
  includeSkip,
  inputObjectIntersection,
  interfaceObjectIndirectExtension,
  interfaceObjectWithRequires,
  keysMashup,
  mutations,
  mysteriousExternal,
  nestedProvides,
  node,
  nonResolvableInterfaceObject,
  nullKeys,
  overrideTypeInterface,
  overrideWithRequires,
  parentEntityCall,
  parentEntityCallComplex,
  partialUnion,
  partialUnionComplex,
  providesOnInterface,
  providesOnUnion,
  requiresCircular,
  requiresInterface,
  requiresRequires,
  requiresWithArgument,
  requiresWithArgumentConflict,
  requiresWithFragments,
  sharedRoot,
  simpleEntityCall,
  simpleInaccessible,
  simpleInterfaceObject,
  simpleOverride,
  simpleRequiresProvides,
  typename,
  unavailableOverride,
  unionInterfaceDistributed,
  unionIntersection,
]
