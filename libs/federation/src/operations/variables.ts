import {
  type GraphQLInputType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInputType,
  isListType,
  isNonNullType,
  isSpecifiedScalarType,
  typeFromAST,
  type VariableDefinitionNode,
} from 'graphql'
import type { Variables } from './execution'
import { isJsonObject } from './json-value'

/** Whether a value is certainly of a type, as it is and without being coerced. */
type Check = (value: unknown) => boolean

/**
 * Compiles a check of the variables of an operation. False means that graphql-js must look at them: it may coerce them
 * or write the message for the client.
 */
export function compileVariableCheck(
  schema: GraphQLSchema,
  definitions: readonly VariableDefinitionNode[],
): (variables: Variables) => boolean {
  const checks = new CheckCompiler()
  const compiled = definitions.map(({ variable, type, defaultValue }) => {
    const inputType = typeFromAST(schema, type)
    const check = isInputType(inputType) ? checks.of(inputType) : never
    return { name: variable.name.value, check, mayBeAbsent: defaultValue !== undefined || !isNonNullType(inputType) }
  })
  return (variables) =>
    compiled.every(({ name, check, mayBeAbsent }) =>
      Object.hasOwn(variables, name) && variables[name] !== undefined ? check(variables[name]) : mayBeAbsent,
    )
}

const never: Check = () => false
const isInt: Check = (value) => typeof value === 'number' && (value | 0) === value
const scalars: Readonly<Record<string, Check>> = {
  Int: isInt,
  Float: (value) => typeof value === 'number' && Number.isFinite(value),
  String: (value) => typeof value === 'string',
  Boolean: (value) => typeof value === 'boolean',
  ID: (value) => typeof value === 'string' || isInt(value),
}

class CheckCompiler {
  /** An input type may contain itself. */
  readonly #objects = new Map<string, Check>()

  of(type: GraphQLInputType): Check {
    if (!isNonNullType(type)) {
      const check = this.#present(type)
      return (value) => value === null || check(value)
    }
    const check = this.#present(type.ofType)
    return (value) => value !== null && check(value)
  }

  #present(type: GraphQLInputType): Check {
    if (isNonNullType(type)) return never
    if (isListType(type)) {
      const item = this.of(type.ofType)
      return (value) => Array.isArray(value) && value.every(item)
    }
    if (isInputObjectType(type)) return (value) => this.#object(type.name, () => fieldsOf(this, type))(value)
    if (isEnumType(type)) return (value) => typeof value === 'string' && type.getValue(value) !== undefined
    if (isSpecifiedScalarType(type)) return scalars[type.name] ?? never
    return (value) => isParsed(() => type.parseValue(value))
  }

  #object(name: string, make: () => Check): Check {
    const known = this.#objects.get(name)
    if (known !== undefined) return known
    const made = make()
    this.#objects.set(name, made)
    return made
  }
}

function fieldsOf(checks: CheckCompiler, type: Parameters<typeof isInputObjectType>[0]): Check {
  if (!isInputObjectType(type) || type.isOneOf) return never
  const fields = new Map(
    Object.values(type.getFields()).map((field) => [
      field.name,
      { check: checks.of(field.type), isRequired: isNonNullType(field.type) && field.defaultValue === undefined },
    ]),
  )
  const required = [...fields].filter(([, { isRequired }]) => isRequired).map(([name]) => name)
  return (value) =>
    isJsonObject(value) &&
    Object.keys(value).every((name) => fields.get(name)?.check(value[name]) === true) &&
    required.every((name) => Object.hasOwn(value, name))
}

function isParsed(parse: () => unknown): boolean {
  try {
    return parse() !== undefined
  } catch {
    return false
  }
}
