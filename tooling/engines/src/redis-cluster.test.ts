import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { moveToPorts } from './redis-cluster.ts'

describe('moveToPorts', () => {
  it('rewrites every address at once, also when old and new ports overlap', () => {
    const folder = mkdtempSync(join(tmpdir(), 'parley-nodes-'))
    const file = join(folder, 'nodes.conf')
    writeFileSync(
      file,
      'a 127.0.0.1:1@11,,shard-id=x myself,master - 0 0 1 connected 0-5461\nb 127.0.0.1:2@12 master\n',
    )
    moveToPorts(file, [1, 2, 11, 12], [2, 3, 12, 13])
    const text = readFileSync(file, 'utf8')
    expect(text).toBe('a 127.0.0.1:2@12,,shard-id=x myself,master - 0 0 1 connected 0-5461\nb 127.0.0.1:3@13 master\n')
    rmSync(folder, { recursive: true })
  })
})
