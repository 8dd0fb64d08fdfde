import { defineConfig } from 'drizzle-kit'

export default defineConfig({ dialect: 'postgresql', schema: './src/infrastructure/schema.ts', out: './migrations' })
