import { EmptyState } from './empty-state'
import { LogoMark } from './logo'
import { PlaceLink } from './place-link'

/** In the place of a conversation that is not the viewer's. `wasHere`: the viewer was reading it a moment ago. */
export function GoneConversation({ wasHere }: { readonly wasHere: boolean }) {
  return (
    <div className="grid min-h-0 flex-1 place-items-center">
      <EmptyState
        picture={<LogoMark className="size-12" />}
        title={wasHere ? 'You are not in this conversation any more' : 'This conversation is not here'}
        action={
          <PlaceLink href="/" className="font-medium text-link underline underline-offset-4">
            Go to your conversations
          </PlaceLink>
        }
      >
        <p role="alert">
          {wasHere
            ? 'You were removed from it, or left it on another device. A member can add you again.'
            : 'It does not exist, or you are not in it any more.'}
        </p>
      </EmptyState>
    </div>
  )
}
