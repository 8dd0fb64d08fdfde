import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

const load = createRequire(__filename)

/**
 * The exports of a folder that may query an engine: `Class.method` and `function` of every file that imports from
 * `engine` (`@parley/platform/postgres`, say). A test that has to run each of them notices a new one at once.
 */
export function entryPoints(folder: string, engine: string): readonly string[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  const using = files.filter((file) => readFileSync(join(folder, file), 'utf8').includes(`from '${engine}/`))
  return using.flatMap((file) => entryPointsOf(load(join(folder, file)) as object)).sort()
}

/** Of one module: lifecycle hooks and getters are left out, since others call them. */
const entryPointsOf = (module: object): readonly string[] =>
  Object.entries(module).flatMap(([name, exported]: [string, unknown]) => {
    if (typeof exported !== 'function') return []
    if (!/^class\b/.test(Function.prototype.toString.call(exported))) return [name]
    return methodsOf(exported.prototype as object).map((method) => `${name}.${method}`)
  })

const methodsOf = (prototype: object): readonly string[] =>
  Object.entries(Object.getOwnPropertyDescriptors(prototype))
    .filter(([name, { value }]) => typeof value === 'function' && name !== 'constructor')
    .map(([name]) => name)
    .filter((name) => !/^on(Module|Application)/.test(name))
