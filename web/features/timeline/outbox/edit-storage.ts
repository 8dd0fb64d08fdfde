import { DeviceText } from '../../../lib/device-text'
import { draftKey } from '../../../lib/drafts'
import type { Edit, EditStorage } from '../model/editing-store'

/** Beside the drafts, with which it is deleted at a sign-out. */
export function editStorage(viewerId: string): EditStorage {
  const kept = new DeviceText(draftKey(viewerId, 'edit'))
  return {
    load: () => parsed(kept.read()),
    save: (edit) => kept.write(edit === null ? null : JSON.stringify(edit)),
  }
}

/** Null for what is not readable, as after a change of the client. */
function parsed(kept: string | null): Edit | null {
  try {
    const edit = JSON.parse(kept ?? 'null') as Partial<Edit> | null
    const { id, conversationId, text } = edit?.message ?? {}
    const isWhole = [id, conversationId, text, edit?.text].every((value) => typeof value === 'string')
    return isWhole ? ({ threadId: null, ...edit } as Edit) : null
  } catch {
    return null
  }
}
