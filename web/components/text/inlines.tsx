import { mentionText } from '@parley/text/mentions'
import { plainText } from '@parley/text/plain'
import type { Inline, Link, Mark, Mention } from '@parley/text/tree'
import { Fragment, type ReactNode } from 'react'
import { Spoiler } from './spoiler'

/** What a mention is shown as. */
export type MentionView = (mention: Mention) => ReactNode

interface Props {
  readonly nodes: readonly Inline[]
  readonly mention: MentionView | undefined
}

/** The parts of a line. */
export function Inlines({ nodes, mention }: Props) {
  return nodes.map((node, index) => <Fragment key={index}>{inlineView(node, mention)}</Fragment>)
}

function inlineView(node: Inline, mention: Props['mention']): ReactNode {
  switch (node.kind) {
    case 'text':
      return node.text
    case 'break':
      return '\n'
    case 'code':
      return <code className="rounded bg-hover px-1 py-px font-mono text-[0.9em]">{node.text}</code>
    case 'mention':
      return mention?.(node) ?? mentionText(node, () => null)
    case 'link':
      return linkView(node, mention)
    default:
      return markView(node.kind, node.children, mention)
  }
}

function markView(mark: Mark, children: readonly Inline[], mention: Props['mention']): ReactNode {
  const content = <Inlines nodes={children} mention={mention} />
  switch (mark) {
    case 'bold':
      return <strong className="font-semibold">{content}</strong>
    case 'italic':
      return <em>{content}</em>
    case 'strike':
      return <s>{content}</s>
    case 'spoiler':
      return <Spoiler covered={plainText(children)}>{content}</Spoiler>
    default:
      return mark satisfies never
  }
}

/** Opens elsewhere, and tells nothing about where it was. The true address stands after a label that looks like another. */
function linkView({ href, children, destination }: Link, mention: Props['mention']): ReactNode {
  return (
    <>
      <a
        href={href}
        title={href}
        target="_blank"
        rel="noopener noreferrer nofollow"
        className="text-link underline decoration-current/40 underline-offset-3 hover:decoration-current"
      >
        <Inlines nodes={children} mention={mention} />
      </a>
      {destination !== null && <bdi dir="ltr" className="text-sm text-soft">{` (${destination})`}</bdi>}
    </>
  )
}
