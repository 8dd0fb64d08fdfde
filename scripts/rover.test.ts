import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'

const root = join(__dirname, '..')
const run = promisify(execFile)

/** Not synchronously: the introspected subgraph runs in this process. */
async function rover(...args: string[]): Promise<string> {
  const { stdout } = await run(process.execPath, [join(root, 'scripts/rover.ts'), ...args], {
    cwd: root,
    maxBuffer: 16 << 20,
  })
  return stdout
}

describe('npm run rover', () => {
  it('prints only the output of Rover, so that it can be redirected into a file', async () => {
    const { stdout, stderr } = await run(process.execPath, [join(root, 'scripts/bootstrap.mjs'), 'rover', '--version'])
    expect(stdout).toMatch(/^Rover [\d.]+\n$/)
    expect(stderr).toContain('Packages')
  })

  it('composes rover.yaml into the checked-in supergraph, without a download', async () => {
    const composed = await rover('supergraph', 'compose', '--config', 'rover.yaml')
    expect(composed).toBe(readFileSync(join(root, 'schema/supergraph.graphql'), 'utf8'))
  })

  it('introspects a subgraph', async () => {
    const sdl = readFileSync(join(root, 'schema/user.graphql'), 'utf8')
    const subgraph = createServer((_request, response) => {
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify({ data: { _service: { sdl } } }))
    }).listen(0, '127.0.0.1')
    await once(subgraph, 'listening')
    const { port } = subgraph.address() as AddressInfo
    const introspected = await rover('subgraph', 'introspect', `http://127.0.0.1:${port}/graphql`)
    subgraph.close()
    subgraph.closeAllConnections()
    expect(introspected.trim()).toBe(sdl.trim())
  })
})
