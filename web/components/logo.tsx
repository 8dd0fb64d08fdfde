/** One of the two bubbles. */
export const voice = 'M10.4 2H15a8 8 0 0 1 0 16h-3.2l-7 5.3a1.5 1.5 0 0 1-2.4-1.2V10a8 8 0 0 1 8-8Z'

/** Two speech bubbles, each the other turned around, on a common ground. */
export function LogoMark({ className }: { readonly className?: string }) {
  return (
    <svg viewBox="0 0 32 32" className={className} aria-hidden="true" focusable="false">
      <path d={voice} transform="rotate(180 16 16)" fill="var(--signal)" />
      <path d={voice} fill="var(--accent)" />
      <path d="M10.07 18A8 8 0 0 1 17 14h4.93A8 8 0 0 1 15 18Z" fill="var(--common)" />
    </svg>
  )
}

export function Wordmark({ className = '' }: { readonly className?: string }) {
  return (
    <span className={`inline-flex items-center gap-2 ${className}`}>
      <LogoMark className="size-[1.35em] shrink-0" />
      <span className="font-display text-[1.15em] leading-none font-semibold tracking-tight">Parley</span>
    </span>
  )
}
