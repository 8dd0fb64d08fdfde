import type { CodegenConfig } from '@graphql-codegen/cli'

const config: CodegenConfig = {
  // The schema of the gateway, written by `npm run schema`.
  schema: '../schema/api.graphql',
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
