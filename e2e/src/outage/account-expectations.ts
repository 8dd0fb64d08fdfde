import { Client } from '@parley/testing/client'
import type { Expectation, Expectations, World } from './expectation.ts'

const accountAt = (...whole: string[]): Pick<Expectation, 'owner' | 'whole'> => ({ owner: 'user', whole })

const stranger = ({ ann }: World): Client => new Client(ann.url)

export const accountExpectations: Expectations = {
  Viewer: { ...accountAt('viewer.username', 'viewer.displayName'), variables: () => ({}) },
  FindUsers: { ...accountAt('findUsers.0.displayName'), variables: () => ({ query: 'ben', first: 5 }) },
  PersonById: { ...accountAt('user.displayName'), variables: ({ ben }) => ({ id: ben.userId }) },
  Register: {
    ...accountAt('register.user.username', 'register.accessTokenExpiresAt'),
    as: stranger,
    variables: ({ unique }) => ({
      input: { username: `new_${unique}`, displayName: 'New', password: 'correct horse battery' },
    }),
  },
  LogIn: {
    ...accountAt('logIn.user.username'),
    as: stranger,
    variables: () => ({ input: { username: 'ann', password: 'correct horse battery' } }),
  },
  RefreshSession: {
    ...accountAt('refreshSession.user.username'),
    as: ({ renewer }) => renewer,
    variables: () => ({}),
  },
  LogOut: { ...accountAt('logOut.ok'), as: ({ leaver }) => leaver, variables: () => ({}) },
  UpdateProfile: {
    ...accountAt('updateProfile.user.displayName'),
    variables: () => ({ input: { displayName: 'Ann Arbor' } }),
  },
  Presence: {
    ...accountAt('presence.people.0.state'),
    variables: ({ ann, ben }) => ({ userIds: [ann.userId, ben.userId], isActive: true }),
  },
  SetStatus: {
    ...accountAt('setStatus.presence.status.text'),
    variables: () => ({ input: { text: 'During an outage' } }),
  },
  // Ben's, because the operations run at once: Ann's status would be cleared before its own answer shows it.
  ClearStatus: {
    ...accountAt('clearStatus.presence.userId'),
    as: ({ ben }) => ben,
    variables: () => ({}),
  },
  SetPresencePrivacy: {
    ...accountAt('setPresencePrivacy.presence.userId'),
    variables: () => ({ input: { isHidden: false } }),
  },
}
