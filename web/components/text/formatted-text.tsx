'use client'

import { parse } from '@parley/text/parse'
import type { Block, ListItem } from '@parley/text/tree'
import { type ReactNode, useMemo } from 'react'
import { CodeBlock } from './code-block'
import { type MentionView, Inlines } from './inlines'

interface Props {
  readonly text: string
  /** Stands after the last word. */
  readonly end?: ReactNode
  readonly mention?: MentionView
}

/** A message's text with its formatting (docs/text.md). Takes time linear in its length, for any text. */
export function FormattedText({ text, end, mention }: Props) {
  const blocks = useMemo(() => parse(text), [text])
  const last = blocks.at(-1)
  const endsInLine = last?.kind === 'paragraph'
  return (
    <div className="flex flex-col gap-1.5 wrap-anywhere">
      {blocks.map((block, index) => (
        <BlockView
          key={index}
          dir="auto"
          block={block}
          mention={mention}
          end={endsInLine && block === last ? end : null}
        />
      ))}
      {!endsInLine && end}
    </div>
  )
}

interface BlockProps extends Pick<Props, 'end' | 'mention'> {
  readonly block: Block
  /** Of the outermost alone: the direction of a list is not that of what has its own. */
  readonly dir?: 'auto'
}

function BlockView({ block, dir, end, mention }: BlockProps) {
  switch (block.kind) {
    case 'paragraph':
      // Each of its lines has the direction of its own first letter.
      return (
        <p dir={dir} className="whitespace-pre-wrap [unicode-bidi:plaintext]">
          <Inlines nodes={block.children} mention={mention} />
          {end}
        </p>
      )
    case 'codeBlock':
      return <CodeBlock language={block.language} text={block.text} />
    case 'quote':
      return (
        <blockquote dir={dir} className="flex flex-col gap-1.5 border-s-3 border-line-strong ps-3 text-soft">
          <Blocks blocks={block.children} mention={mention} />
        </blockquote>
      )
    case 'list':
      return <ListView items={block.items} dir={dir} mention={mention} />
    default:
      return block satisfies never
  }
}

function Blocks({ blocks, mention }: { readonly blocks: readonly Block[]; readonly mention: Props['mention'] }) {
  return blocks.map((block, index) => <BlockView key={index} block={block} mention={mention} />)
}

interface ListProps extends Pick<BlockProps, 'dir' | 'mention'> {
  readonly items: readonly ListItem[]
}

function ListView({ items, dir, mention }: ListProps) {
  if (items[0]?.number === null) {
    return (
      <ul dir={dir} className="list-disc ps-5">
        {items.map(({ children }, index) => (
          <li key={index}>
            <Blocks blocks={children} mention={mention} />
          </li>
        ))}
      </ul>
    )
  }
  const digits = Math.max(...items.map(({ number }) => String(number).length))
  return (
    <ol dir={dir} style={{ paddingInlineStart: `${digits + 1.5}ch` }} className="list-decimal tabular-nums">
      {items.map(({ number, children }, index) => (
        // Numbers are those that were written.
        <li key={index} value={number ?? undefined}>
          <Blocks blocks={children} mention={mention} />
        </li>
      ))}
    </ol>
  )
}
