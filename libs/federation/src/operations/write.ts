import { compileFunction } from 'node:vm'
import {
  type GraphQLLeafType,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isCompositeType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  isSpecifiedScalarType,
} from 'graphql'
import type { Variables } from './execution'
import { type JsonObject, quoted } from './json-value'
import type { FieldPart, Selection } from './selection'
import { isSubtype } from './shape'

/** Writes an object as JSON. Throws `Unwritable` for what would be an error. */
type Write = (value: JsonObject) => string

/** Nothing is known about this one, except that `shape` must look at it. */
const unwritable = new Error('This data cannot be written as it is')

/** Operations have few conditions; more combinations than this are an attack, and are shaped instead. */
const rememberedConditions = 16

/**
 * Writes the answer of an operation as JSON in one pass over the gathered data, by code that is compiled for each type
 * that arrives. Data with a wrong or missing value is left to `shape`, which knows all about errors.
 */
export class AnswerWriter {
  /** By the values of the variables in conditions. */
  readonly #variants = new Map<string, Write>()
  readonly #conditions: readonly string[]

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly root: GraphQLNamedType,
    private readonly selection: Selection,
  ) {
    this.#conditions = [...new Set(conditionsIn(selection))]
  }

  /** Undefined when the data must be shaped. */
  write(data: JsonObject, variables: Variables): string | undefined {
    const write = this.#variantFor(variables)
    if (write === undefined) return undefined
    try {
      return write(data)
    } catch (error) {
      if (error === unwritable) return undefined
      throw error
    }
  }

  #variantFor(variables: Variables): Write | undefined {
    let key = ''
    for (const name of this.#conditions) {
      const value = variables[name]
      if (typeof value !== 'boolean') return undefined
      key += value ? '1' : '0'
    }
    const known = this.#variants.get(key)
    if (known !== undefined) return known
    if (this.#variants.size >= rememberedConditions) return undefined
    const values = Object.fromEntries(this.#conditions.map((name) => [name, variables[name] === true]))
    const made = new WriterCompiler(this.schema, values).dispatcher([this.selection], this.root)
    this.#variants.set(key, made)
    return made
  }
}

function* conditionsIn(selection: Selection): Iterable<string> {
  for (const { conditions, below } of selection) {
    for (const { variable } of conditions) yield variable
    yield* conditionsIn(below ?? [])
  }
}

/** What a field with one response name selects, all its occurrences together. */
interface Entry {
  readonly field: FieldPart
  readonly isNonNull: boolean
  readonly below: readonly Selection[]
  /** The type to name where `__typename` is selected and has not arrived. */
  readonly parent: GraphQLNamedType
}

class WriterCompiler {
  readonly #ids = new Map<Selection, number>()
  readonly #dispatchers = new Map<string, Write>()

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly conditions: Readonly<Record<string, boolean>>,
  ) {}

  /** Writes objects of any type at one place; the code for a type is compiled when the first object of it arrives. */
  dispatcher(selections: readonly Selection[], declared: GraphQLNamedType): Write {
    const key = `${selections.map((each) => this.#idOf(each)).join()} ${declared.name}`
    const known = this.#dispatchers.get(key)
    if (known !== undefined) return known
    const byName = new Map<string, Write>()
    let unnamed: Write | undefined
    const dispatch: Write = (value) => {
      const name = value['__typename']
      if (name === undefined) return (unnamed ??= this.#unnamed(selections, declared))(value)
      if (typeof name !== 'string') throw unwritable
      let write = byName.get(name)
      if (write === undefined) {
        const type = this.schema.getType(name)
        if (!isObjectType(type)) throw unwritable
        byName.set(name, (write = this.#compile(selections, type, true)))
      }
      return write(value)
    }
    this.#dispatchers.set(key, dispatch)
    return dispatch
  }

  #unnamed(selections: readonly Selection[], declared: GraphQLNamedType): Write {
    if (!isObjectType(declared)) throw unwritable
    return this.#compile(selections, declared, false)
  }

  #idOf(selection: Selection): number {
    const known = this.#ids.get(selection) ?? this.#ids.size
    this.#ids.set(selection, known)
    return known
  }

  #compile(selections: readonly Selection[], type: GraphQLNamedType, isNamed: boolean): Write {
    const entries = new Map<string, Entry>()
    for (const selection of selections) this.#collect(selection, type, isNamed ? type : undefined, entries)
    const code = new Code()
    for (const [key, entry] of entries) this.#field(code, key, entry, isNamed)
    return code.compile()
  }

  /** Without `actual`, conditions on types are judged by the type around them, as the gateway package does. */
  #collect(
    selection: Selection,
    parent: GraphQLNamedType,
    actual: GraphQLNamedType | undefined,
    entries: Map<string, Entry>,
  ): void {
    for (const part of selection) {
      if (!part.conditions.every(({ variable, isWanted }) => this.conditions[variable] === isWanted)) continue
      if (part.kind === 'fragment') {
        const { typeCondition } = part
        if (typeCondition !== undefined && !isSubtype(this.schema, typeCondition, actual ?? parent)) continue
        this.#collect(part.below, typeCondition ?? parent, actual, entries)
        continue
      }
      const present = entries.get(part.key)
      const below = [...(present?.below ?? []), ...(part.below === undefined ? [] : [part.below])]
      const isNonNull = isNonNullType(part.type) || present?.isNonNull === true
      entries.set(part.key, { field: present?.field ?? part, isNonNull, below, parent: present?.parent ?? parent })
    }
  }

  #field(code: Code, key: string, { field, isNonNull, below, parent }: Entry, isNamed: boolean): void {
    code.key(key)
    if (field.name === '__typename') {
      if (!isNamed && !isObjectType(parent)) code.line('throw unwritable')
      else code.typename(key, isNamed, parent)
      return
    }
    const type = isNonNullType(field.type) ? field.type.ofType : field.type
    code.value('value', type, isNonNull, (named) => this.dispatcher(below, named))
  }
}

/** The source of one writer, with what it refers to. */
class Code {
  readonly #lines: string[] = []
  readonly #names = ['unwritable', 'quoted']
  readonly #values: unknown[] = [unwritable, quoted]
  #constant = '{'
  #variables = 0

  key(key: string): void {
    this.#constant += `${this.#constant === '{' && this.#lines.length === 0 ? '' : ','}${JSON.stringify(key)}:`
    this.line(`value = object[${JSON.stringify(key)}]`)
  }

  line(text: string): void {
    this.#lines.push(text)
  }

  /** The constant text so far goes before what follows. */
  #flush(): void {
    if (this.#constant !== '') this.line(`text += ${JSON.stringify(this.#constant)}`)
    this.#constant = ''
  }

  typename(key: string, isNamed: boolean, parent: GraphQLNamedType): void {
    this.#flush()
    if (!isNamed) {
      this.line(`if (value != null) throw unwritable`)
      this.line(`text += ${JSON.stringify(JSON.stringify(parent.name))}`)
      return
    }
    // Under an alias a subgraph may have said something else, or nothing.
    if (key !== '__typename') this.line(`if (value != null && value !== object.__typename) throw unwritable`)
    this.line(`text += '"' + object.__typename + '"'`)
  }

  value(name: string, type: GraphQLOutputType, isNonNull: boolean, below: (type: GraphQLNamedType) => Write): void {
    this.#flush()
    this.line(isNonNull ? `if (${name} == null) throw unwritable` : `if (${name} == null) text += 'null'; else {`)
    if (isListType(type)) this.#list(name, type.ofType, below)
    else if (isCompositeType(type)) {
      this.line(`if (typeof ${name} !== 'object') throw unwritable`)
      this.line(`text += ${this.#refer(below(type))}(${name})`)
    } else if (!isNonNullType(type)) this.#leaf(name, type)
    if (!isNonNull) this.line('}')
  }

  #list(name: string, itemType: GraphQLOutputType, below: (type: GraphQLNamedType) => Write): void {
    const [item, index] = [`item${++this.#variables}`, `index${this.#variables}`]
    this.line(`if (!Array.isArray(${name})) throw unwritable`)
    this.line(`text += '['; for (let ${index} = 0; ${index} < ${name}.length; ${index}++) {`)
    this.line(`const ${item} = ${name}[${index}]; if (${index} > 0) text += ','`)
    const isNonNull = isNonNullType(itemType)
    this.value(item, isNonNull ? itemType.ofType : itemType, isNonNull, below)
    this.line(`} text += ']'`)
  }

  #leaf(name: string, type: GraphQLLeafType): void {
    this.line(`text += ${this.#refer(leafWriter(type))}(${name})`)
  }

  #refer(value: unknown): string {
    const name = `given${this.#values.length}`
    this.#names.push(name)
    this.#values.push(value)
    return name
  }

  compile(): Write {
    this.#constant += '}'
    this.#flush()
    const body = `return function write(object) {\nlet text = '', value\n${this.#lines.join('\n')}\nreturn text\n}`
    return (compileFunction(body, this.#names) as (...values: unknown[]) => Write)(...this.#values)
  }
}

const writers: Readonly<Record<string, (value: unknown) => string>> = {
  Int: (value) => (isSafeInteger(value) ? String(value) : unwritten()),
  Float: (value) => (typeof value === 'number' && Number.isFinite(value) ? String(value) : unwritten()),
  Boolean: (value) => (typeof value === 'boolean' ? String(value) : unwritten()),
  String: (value) => (typeof value === 'string' ? quoted(value) : unwritten()),
  ID: (value) => (typeof value === 'string' ? quoted(value) : isSafeInteger(value) ? String(value) : unwritten()),
}

const isSafeInteger = (value: unknown): value is number => typeof value === 'number' && (value | 0) === value

const anything = (value: unknown): string => (typeof value === 'string' ? quoted(value) : JSON.stringify(value))

function leafWriter(type: GraphQLLeafType): (value: unknown) => string {
  if (!isEnumType(type)) return isSpecifiedScalarType(type) ? (writers[type.name] ?? unwritten) : anything
  const texts = new Map<unknown, string>(type.getValues().map(({ name }) => [name, `"${name}"`]))
  return (value) => texts.get(value) ?? unwritten()
}

function unwritten(): never {
  throw unwritable
}
