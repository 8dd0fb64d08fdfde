'use client'

import type { ComponentPropsWithRef } from 'react'
import { isPlainClick, openPlace } from '../lib/navigate'

interface Props extends ComponentPropsWithRef<'a'> {
  readonly href: string
}

/** A link to another place of this client: a plain click goes there at once, without the server. */
export function PlaceLink({ href, onClick, ...rest }: Props) {
  return (
    <a
      {...rest}
      href={href}
      onClick={(event) => {
        onClick?.(event)
        if (!isPlainClick(event)) return
        event.preventDefault()
        openPlace(href)
      }}
    />
  )
}
