import '@parley/platform/service/start-quickly'
import { runService } from '@parley/platform/service/run-service'
import { readEnv } from './env'
import { NotificationModule } from './notification.module'

const env = readEnv()

void runService({ name: 'notification', module: NotificationModule.forRoot(env), env })
