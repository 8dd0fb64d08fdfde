import { membershipDocuments } from '@parley/memberships/membership-documents'
import { parseEnv } from '@parley/platform/env/parse-env'
import { mongoEnv } from '@parley/platform/env/service-env'
import { migrateMongo } from '@parley/platform/mongo/mongo.module'
import { documents } from './infrastructure/documents'

const env = parseEnv(mongoEnv)

void migrateMongo(env.MONGO_URL, env.MONGO_DATABASE, [...documents, ...membershipDocuments])
