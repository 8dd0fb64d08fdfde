import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { CodegenConfig } from '@graphql-codegen/cli'

const composed = join(__dirname, '../schema/api.graphql')

const config: CodegenConfig = {
  schema: existsSync(composed) ? composed : join(__dirname, 'graphql/contract.graphql'),
  documents: ['features/**/*.graphql', 'lib/**/*.graphql'],
  generates: {
    './': {
      preset: 'near-operation-file',
      presetConfig: { extension: '.ts', folder: '__generated__' },
      plugins: ['typescript-operations', 'typed-document-node'],
      config: {
        useTypeImports: true,
        scalars: { DateTime: { input: 'string', output: 'string' }, ID: { input: 'string', output: 'string' } },
        enumType: 'string-literal',
        documentMode: 'documentNode',
      },
    },
  },
}

export default config
