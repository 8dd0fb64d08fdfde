import { createServer } from 'node:net'

const usual = 3_000
const tries = 20

/** The requested port, or the usual one or the next free after it. Throws when the requested one is taken. */
export async function choosePort(asked: string | undefined): Promise<number> {
  if (asked !== undefined) {
    const port = Number(asked)
    if (!Number.isInteger(port) || port < 1 || port > 65_535)
      throw new Error(`"${asked}" is not a port: give a number from 1 to 65535.`)
    if (!(await isFree(port))) throw new Error(`Port ${port} is taken. Stop what uses it, or give another with --port.`)
    return port
  }
  for (let port = usual; port < usual + tries; port += 1) if (await isFree(port)) return port
  throw new Error(`Ports ${usual} to ${usual + tries - 1} are all taken. Give another with --port.`)
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer().once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}
