import { DeviceText } from '../../../lib/device-text'
import { draftKey } from '../../../lib/drafts'
import type { Edit, Edits, EditStorage } from '../model/editing-store'

/** Beside the drafts, with which they are deleted at a sign-out. */
export function editStorage(viewerId: string): EditStorage {
  const kept = new DeviceText(draftKey(viewerId, 'edit'))
  return {
    load: () => parsed(kept.read()),
    save: (edits) => kept.write(edits.open === null && edits.aside.length === 0 ? null : JSON.stringify(edits)),
  }
}

/** Without what is not readable, as after a change of the client. */
function parsed(kept: string | null): Edits {
  try {
    const edits = JSON.parse(kept ?? 'null') as Partial<Edits> | null
    const aside: readonly Partial<Edit>[] = Array.isArray(edits?.aside) ? edits.aside : []
    return { open: whole(edits?.open), aside: aside.flatMap((edit) => whole(edit) ?? []) }
  } catch {
    return { open: null, aside: [] }
  }
}

function whole(edit: Partial<Edit> | null | undefined): Edit | null {
  const { id, conversationId, text } = edit?.message ?? {}
  const isWhole = [id, conversationId, text, edit?.text].every((value) => typeof value === 'string')
  return isWhole ? ({ threadId: null, ...edit } as Edit) : null
}
