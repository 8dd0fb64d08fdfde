'use client'

import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { announce } from '../../lib/announce'
import { copyText } from '../../lib/copy-text'
import { cx } from '../../lib/cx'
import { codeTokens } from '../../lib/highlight/code-tokens'
import type { CodeToken } from '../../lib/highlight/highlighter'
import { IconButton } from '../button'

interface Props {
  readonly language: string | null
  readonly text: string
}

/** Code in a box that scrolls by itself, in colours as soon as its language is loaded. */
export function CodeBlock({ language, text }: Props) {
  const tokens = useCodeTokens(language, text)
  return (
    <div dir="ltr" className="relative rounded-lg border border-line bg-rail">
      {language !== null && <p className="px-3 pt-2 font-mono text-2xs text-faint">{language}</p>}
      <pre
        role="group"
        tabIndex={0}
        aria-label={language === null ? 'Code' : `Code: ${language}`}
        className={cx(
          'overflow-x-auto pb-2.5 pl-3 font-mono text-[0.8125rem] leading-5',
          language === null ? 'pt-2.5 pr-12' : 'pt-2 pr-3',
        )}
      >
        <code>{tokens === null ? text : tokens.map(tokenView)}</code>
      </pre>
      <CopyButton text={text} />
    </div>
  )
}

const tokenView = ({ text, look }: CodeToken, index: number) =>
  look === null ? (
    text
  ) : (
    <span key={index} className={`code-${look}`}>
      {text}
    </span>
  )

function useCodeTokens(language: string | null, text: string): readonly CodeToken[] | null {
  const [ready, setReady] = useState<{ readonly of: string; readonly tokens: readonly CodeToken[] | null } | null>(null)
  useEffect(() => {
    if (language === null) return undefined
    let isShown = true
    void codeTokens(language, text).then((tokens) => {
      if (isShown) setReady({ of: text, tokens })
    })
    return () => {
      isShown = false
    }
  }, [language, text])
  return ready?.of === text ? ready.tokens : null
}

/** How long the button shows that the code was copied. */
const shownMs = 1_500

function CopyButton({ text }: Pick<Props, 'text'>) {
  const [isDone, setDone] = useState(false)
  useEffect(() => {
    if (!isDone) return undefined
    const timer = setTimeout(() => setDone(false), shownMs)
    return () => clearTimeout(timer)
  }, [isDone])
  const copy = async () => {
    const isCopied = await copyText(text)
    announce(isCopied ? 'Code copied' : 'The code could not be copied')
    setDone(isCopied)
  }
  const Icon = isDone ? Check : Copy
  return (
    <IconButton label="Copy code" onClick={() => void copy()} className="absolute top-1 right-1 size-7 bg-rail">
      <Icon className="size-4" aria-hidden="true" />
    </IconButton>
  )
}
